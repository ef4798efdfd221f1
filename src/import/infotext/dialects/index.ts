import type { Dialect } from '../dialect.ts';
import { automatic1111 } from './automatic1111.ts';
import { civitai } from './civitai.ts';
import { comfyuiSaver } from './comfyui-saver.ts';
import { drawThings } from './draw-things.ts';
import { fooocus } from './fooocus.ts';
import { forge, forgeClassic, forgeNeo, reForge } from './forge.ts';
import { sdnext } from './sdnext.ts';

/** The writers of infotexts that are told by a mark, the most telling first. A1111's WebUI is what is left. */
export const markedDialects: readonly Dialect[] = [
  sdnext,
  fooocus,
  drawThings,
  reForge,
  forge,
  forgeClassic,
  forgeNeo,
  civitai,
  comfyuiSaver,
];

export const dialects: readonly Dialect[] = [...markedDialects, automatic1111];
