import { describe, expect, test } from 'vitest';
import { importStableNewRuns, UnknownShapeError } from '../../src/import/index.ts';
import { jobRecord, packPreset } from './stablenew-fixtures.ts';

describe('importStableNewRuns', () => {
  test('a single run is a list of one', () => {
    const { runs, notes } = importStableNewRuns(packPreset);
    expect(runs).toMatchObject([{ path: [], success: true, imported: { family: 'N4' } }]);
    expect(notes).toEqual([]);
  });

  test('a run that cannot be imported does not keep the others from it', () => {
    const { runs } = importStableNewRuns([packPreset, { txt2img: { steps: 0 } }, 7]);
    expect(runs.map(({ path, success }) => [path, success])).toEqual([
      [[0], true],
      [[1], false],
      [[2], false],
    ]);
  });

  test('a queue gives the runs in its envelopes, and a note on what stands around them', () => {
    const queue = { jobs: [{ queue_id: 'q', priority: 1, njr_snapshot: jobRecord }], paused: true };
    const { runs, notes } = importStableNewRuns(queue);
    expect(runs).toMatchObject([{ path: ['jobs', 0], success: true, imported: { family: 'R' } }]);
    expect(notes).toMatchObject([{ path: ['paused'], code: 'dropped' }]);
  });

  test.each([[[]], [{ jobs: [] }], ['x']])('%j has no run in it', (json) => {
    expect(() => importStableNewRuns(json)).toThrow(UnknownShapeError);
  });

  test('an error that is none of the import is a bug, and is thrown', () => {
    const options = {
      get strict(): boolean {
        throw new TypeError('a bug');
      },
    };
    expect(() => importStableNewRuns([packPreset], options)).toThrow(TypeError);
  });

  test('an object without a run is a run that is refused', () => {
    expect(importStableNewRuns({ a: 1 }).runs).toMatchObject([
      { success: false, error: { name: 'UnknownShapeError' } },
    ]);
  });
});
