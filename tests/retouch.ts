import { createMachine } from 'xstate';
import * as z from 'zod';
import { definePlanner, defineStage } from '../src/index.ts';

const description = 'A state of a machine for tests.';
const image = (stage_type: string) => ({ stage_type, pass: null, takes: 'image', gives: 'image' });
/** txt2img, then a stage of one's own, then img2img. */
const retouchSequence = createMachine({
  id: 'retouchSequence',
  initial: 'start',
  states: {
    start: {
      description,
      meta: { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' },
      on: { 'stage.txt2img': { target: 'txt2img' } },
    },
    txt2img: {
      description,
      meta: { stage_type: 'txt2img', pass: null, takes: 'nothing', gives: 'image' },
      on: {
        'stage.retouch': { target: 'retouch' },
        'stage.img2img': { target: 'img2img' },
        'plan.finished': { target: 'complete' },
      },
    },
    retouch: {
      description,
      meta: image('retouch'),
      on: { 'stage.img2img': { target: 'img2img' }, 'plan.finished': { target: 'complete' } },
    },
    img2img: { description, meta: image('img2img'), on: { 'plan.finished': { target: 'complete' } } },
    complete: {
      description,
      meta: { stage_type: null, pass: null, takes: 'image', gives: 'image' },
      type: 'final',
    },
  },
});
/** Plans by that sequence, with a stage of one's own that keeps the size or does not say so. */
export function retouchPlanner(keeps_size: boolean) {
  const settings = z.strictObject({ strength: z.number().default(1) });
  const stage = defineStage({ stage_type: 'retouch', switch: 'retouch_enabled', settings, keeps_size });
  return definePlanner({ sequence: retouchSequence, stages: [stage] });
}
