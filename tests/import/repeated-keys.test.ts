import { describe, expect, test } from 'vitest';
import { importFile, LossyImportError } from '../../src/import/index.ts';
import { png, textChunk } from './image-files.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function contradictions(bytes: Uint8Array) {
  const { notes, runs } = importFile(bytes);
  const of = (list: typeof notes) =>
    list.flatMap((note) => (note.code === 'contradicted' ? [note.message] : []));
  return {
    file: of(notes),
    runs: runs.map((each) => (each.success ? of(each.run.notes) : [each.error.message])),
  };
}

describe('a key that stands twice', () => {
  test.each([
    [
      'in a run',
      '{"txt2img":{"steps":20,"model":"A"},"txt2img":{"steps":30}}',
      [['txt2img', '{"steps":20,"model":"A"}']],
    ],
    ['in JSON of another program', '{"init_images":[],"prompt":"a","steps":9,"steps":8}', [['steps', '9']]],
  ])('%s is noted with the value that lost', (_where, text, lost) => {
    const said = lost.map(([key, value]) => `${key} stands there twice: ${value} is lost, the last counts.`);
    expect(contradictions(encode(text))).toEqual({ file: [], runs: [said] });
  });

  test('in one of several lines is noted with that line alone', () => {
    const lines = '{"txt2img":{"steps":20}}\n\n{"txt2img":{"steps":20,"steps":30}}';
    expect(contradictions(encode(lines)).runs).toEqual([
      [],
      ['txt2img.steps stands there twice: 20 is lost, the last counts.'],
    ]);
  });

  test('in a text of an image is noted with its keyword', () => {
    const fooocus = '{"version":"Fooocus v2.5.5","prompt":"a","steps":30,"steps":20}';
    expect(contradictions(png(textChunk('Comment', fooocus))).runs).toEqual([
      ['Comment.steps stands there twice: 30 is lost, the last counts.'],
    ]);
  });

  test('around the runs is noted with the file, and refused by a strict import', () => {
    const queue = encode('{"jobs":[{"txt2img":{"steps":20}}],"jobs":[{"txt2img":{"steps":30}}]}');
    expect(contradictions(queue)).toEqual({
      file: ['jobs stands there twice: [{"txt2img":{"steps":20}}] is lost, the last counts.'],
      runs: [[]],
    });
    expect(() => importFile(queue, { strict: true })).toThrow(LossyImportError);
  });

  test('is cut where the value is long', () => {
    const long = `{"txt2img":{"prompt":"${'x'.repeat(5000)}"},"txt2img":{"steps":30}}`;
    expect(contradictions(encode(long)).runs.flat().join('').length).toBeLessThan(300);
  });
});
