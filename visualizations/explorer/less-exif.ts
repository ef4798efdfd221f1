import type { Plugin } from 'vite';

/** What ExifReader reads of images beside their EXIF, in which no run stands. */
const leftOut = [
  'XMP',
  'IPTC',
  'ICC',
  'MPF',
  'PHOTOSHOP',
  'THUMBNAIL',
  'MAKER_NOTES',
  'JXL',
  'GIF',
  'JFIF',
  'TIFF',
  'HEIC',
];

/** Builds ExifReader without what the importer never asks it for, by the switches that it has for builds of one's own. */
export function lessExif(): Plugin {
  return {
    name: 'stageplan-less-exif',
    apply: 'build',
    transform: {
      filter: { id: /\/exifreader\/src\// },
      handler: (code) => ({
        code: code.replaceAll(/Constants\.USE_(\w+)/g, (_use, part) => String(!leftOut.includes(part))),
        map: null,
      }),
    },
  };
}
