import { setup } from 'xstate';
import type { SequencePolicies } from '../machines/policies.ts';

const nothing = { stage_type: null, pass: null, takes: 'nothing', gives: 'nothing' };
const image = (stage_type: string | null) => ({ stage_type, pass: null, takes: 'image', gives: 'image' });
const description = 'A state of a machine for tests.';
const finish = { 'plan.finished': { target: 'complete' } };

/** Takes upscale and ADetailer in either order, and ends with one of them at least. */
export const undecided = setup({ types: { input: {} as SequencePolicies } }).createMachine({
  id: 'undecided',
  initial: 'start',
  states: {
    start: { description, meta: nothing, on: { 'stage.txt2img': { target: 'txt2img' } } },
    txt2img: {
      description,
      meta: { ...image('txt2img'), takes: 'nothing' },
      on: { 'stage.upscale': { target: 'enlarged' }, 'stage.adetailer': { target: 'detailed' } },
    },
    enlarged: {
      description,
      meta: image('upscale'),
      on: { 'stage.adetailer': { target: 'detailedLast' }, ...finish },
    },
    detailed: {
      description,
      meta: image('adetailer'),
      on: { 'stage.upscale': { target: 'enlargedLast' }, ...finish },
    },
    enlargedLast: { description, meta: image('upscale'), on: finish },
    detailedLast: { description, meta: image('adetailer'), on: finish },
    complete: { description, meta: image(null), type: 'final' },
  },
});
