import { describe, expect, test } from 'vitest';
import { safeBuildStagePlan } from '../../src/index.ts';

const run = { txt2img_enabled: true, sampler_name: 'DPM++ 2M', scheduler: 'Karras' };

function problemsOf(config: object) {
  const result = safeBuildStagePlan({ ...run, ...config });
  return !result.success && 'problems' in result.error ? result.error.problems : [];
}

describe('a sampler with a schedule in its name', () => {
  test('beside another schedule is an error that says what to write', () => {
    expect(problemsOf({ sampler_name: 'DPM++ 2M Karras', scheduler: 'Exponential' })).toEqual([
      {
        path: ['sampler_name'],
        code: 'not_allowed',
        message:
          'sampler_name "DPM++ 2M Karras" says Karras, but scheduler is "Exponential": write sampler_name "DPM++ 2M", and in scheduler the one that is meant.',
        suggestion: 'DPM++ 2M',
      },
    ]);
  });

  test.each([
    [{ hires_sampler_name: 'DPM++ 2M SDE Exponential' }, ['hires_sampler_name']],
    [
      { hires_scheduler: 'Exponential', sampler_name: 'Euler a Karras', scheduler: 'Automatic' },
      ['hires_sampler_name'],
    ],
    [{ img2img: { sampler_name: 'Euler a Exponential' } }, ['img2img', 'sampler_name']],
    [{ upscale: { redraw: { sampler_name: 'Euler a Exponential' } } }, ['upscale', 'redraw', 'sampler_name']],
    [{ adetailer: [{}, { sampler_name: 'Euler Exponential' }] }, ['adetailer', 1, 'sampler_name']],
    [{ adetailer: { sampler_name: 'Euler Exponential' } }, ['adetailer', 0, 'sampler_name']],
  ])('%j contradicts the schedule in force there', (config, path) => {
    expect(problemsOf(config)).toMatchObject([{ path, code: 'not_allowed' }]);
  });

  test('that the run states is told by where it stands', () => {
    const inRun = { sampler_name: 'Euler Karras', hires_scheduler: 'Exponential' };
    expect(problemsOf(inRun)[0]?.message).toBe(
      'sampler_name "Euler Karras" says Karras, but hires_scheduler is "Exponential": write hires_sampler_name "Euler", and in hires_scheduler the one that is meant.',
    );
  });

  test('of hires fix is set right in its own fields', () => {
    expect(problemsOf({ hires_sampler_name: 'Euler Exponential' })[0]?.message).toBe(
      'hires_sampler_name "Euler Exponential" says Exponential, but scheduler is "Karras": write hires_sampler_name "Euler", and in hires_scheduler the one that is meant.',
    );
  });

  test('in a section is set right in the fields of the section', () => {
    expect(problemsOf({ img2img: { sampler_name: 'Euler Exponential' } })[0]?.message).toBe(
      'img2img.sampler_name "Euler Exponential" says Exponential, but scheduler is "Karras": write img2img.sampler_name "Euler", and in img2img.scheduler the one that is meant.',
    );
  });

  test.each([
    { sampler_name: 'DPM++ 2M Karras' },
    { sampler_name: 'DPM++ 2M Karras', scheduler: 'Automatic' },
    { sampler_name: 'DPM++ 2M SDE' },
    { sampler_name: 'Restart', scheduler: 'Exponential' },
    { img2img: { sampler_name: 'Euler a Exponential', scheduler: 'Exponential' } },
    { sampler_name: 'DPM++ 2M Karras', scheduler: 'karras' },
    { sampler_name: ' dpmpp_2m_karras ', scheduler: ' KARRAS ' },
    { sampler_name: 'DPM++ 2M SGM Uniform', scheduler: 'sgm_uniform' },
    { sampler_name: 'DPM++ 2M Karras', scheduler: 'automatic' },
  ])('%j contradicts nothing', (config) => {
    expect(problemsOf(config)).toEqual([]);
  });
});

describe("a WebUI's words for the checkpoint, sampler or scheduler of the run", () => {
  test.each([
    ['hires_model_name', { hires_model_name: 'Use same checkpoint' }],
    ['hires_sampler_name', { hires_sampler_name: 'Use same sampler' }],
    ['hires_scheduler', { hires_scheduler: 'use same scheduler' }],
    ['upscale.redraw.model', { upscale: { redraw: { model: 'None' } } }],
    ['upscale.redraw.sampler_name', { upscale: { redraw: { sampler_name: ' none ' } } }],
    ['img2img.scheduler', { img2img: { scheduler: 'NONE' } }],
    ['model', { model: 'None' }],
  ])('are refused as %s', (path, config) => {
    expect(problemsOf(config).map(({ message }) => message.split(', but')[0])).toEqual([
      `${path} must be a name: "None" and "Use same ..." are null here, or left out`,
    ]);
  });

  test.each(['Nonesuch', 'None of it', 'Use same', 'reuse same sampler'])('%s is a name', (model) => {
    expect(problemsOf({ model })).toEqual([]);
  });
});
