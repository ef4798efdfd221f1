import { describe, expect, test } from 'vitest';
import { toComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { UncompilablePlanError } from '../../src/compile/uncompilable-plan-error.ts';
import {
  sayWebuiWarning,
  toWebuiRequests,
  type WebuiRequest,
  type WebuiTargetName,
} from '../../src/compile/webui/index.ts';
import {
  buildStagePlan,
  type RunConfigInput,
  type StageExecutionPlan,
  safeBuildStagePlan,
} from '../../src/index.ts';
import { legalPlans } from '../../src/testing/index.ts';

const policies = { standaloneUpscale: true, standaloneAdetailer: true };
const photo: RunConfigInput = {
  seed: 7,
  sampler_name: 'Euler',
  input_image_size: { width: 512, height: 512 },
};
const strengths = [0.01, 0.25, 0.29, 0.5, 0.75, 1];

/** Every legal plan of both sequences, at strengths and steps of every kind. */
const plans: readonly StageExecutionPlan[] = (['canonical', 'detail-before-upscale'] as const).flatMap(
  (sequence) =>
    [...legalPlans({ sequence, ...policies })].flatMap(({ config }, index) =>
      [0, 3].flatMap((way) => {
        const denoising_strength = strengths[(index + way) % strengths.length] ?? 1;
        const steps = [20, 1, 100, 30, 7][(index + way) % 5] ?? 20;
        const result = safeBuildStagePlan(
          {
            ...config,
            ...photo,
            hires_upscaler_name: 'R-ESRGAN 4x+',
            hires_denoise: denoising_strength,
            hires_steps: steps,
            img2img: { denoising_strength, steps },
            upscale: index % 2 === 0 ? { redraw: { denoising_strength, steps } } : {},
            adetailer: [{ denoising_strength, steps }, { denoising_strength }],
            steps: 20,
          },
          { sequence, ...policies },
        );
        return result.success ? [result.plan] : [];
      }),
    ),
);

/** One pass over an image: the steps and the strength that the plan states, and whether hires fix made it. */
interface Pass {
  readonly stage_id: string;
  readonly steps: number;
  readonly denoise: number;
  readonly all: boolean;
}

function passesOf({ stages, warnings }: StageExecutionPlan): readonly Pass[] {
  return stages.flatMap(({ id: stage_id, stage_config: config }): readonly Pass[] => {
    if (config.stage_type === 'img2img')
      return [{ stage_id, steps: config.steps, denoise: config.denoising_strength, all: false }];
    if (config.stage_type === 'upscale' && config.redraw !== null) {
      const all = warnings.some((each) => each.code === 'hires_in_upscale' && each.stage_id === stage_id);
      return [{ stage_id, steps: config.redraw.steps, denoise: config.redraw.denoising_strength, all }];
    }
    if (config.stage_type === 'adetailer')
      return config.detectors.map(({ steps, denoising_strength: denoise }) => ({
        stage_id,
        steps: steps ?? config.steps,
        denoise,
        all: false,
      }));
    return [];
  });
}

/** The law of docs/runner.md. */
function lawful({ steps, denoise, all }: Pass): number {
  return all ? steps : Math.trunc(Math.min(denoise, 0.999) * steps) + 1;
}

function compiled<Result>(compile: () => Result): Result | undefined {
  try {
    return compile();
  } catch (error) {
    if (error instanceof UncompilablePlanError) return undefined;
    throw error;
  }
}

/** The passes of a plan with what a target runs for each. Plans that the target refuses are left out. */
function held(run: (plan: StageExecutionPlan) => readonly number[] | undefined) {
  return plans.flatMap((plan) => {
    const found = run(plan);
    if (found === undefined) return [];
    expect(found).toHaveLength(passesOf(plan).length);
    return passesOf(plan).map((pass, index) => ({ ...pass, run: found[index] ?? -1 }));
  });
}

/** What a WebUI of A1111's family runs of N steps at a strength, by its own option. */
function serverSteps(steps: number, denoise: number, fix: boolean): number {
  if (!fix) return Math.floor(Math.min(denoise, 0.999) * steps) + 1;
  const total = denoise > 0 ? Math.floor(steps / Math.min(denoise, 0.999)) : 0;
  return Math.min(total, steps);
}

function stepsOnServer({ body }: WebuiRequest, setting: boolean): readonly number[] {
  const { img2img_fix_steps: fix = setting } = Object(body.override_settings);
  const [, , ...tabs] = Object(body.alwayson_scripts).ADetailer?.args ?? [];
  const runs = tabs.length > 0 ? tabs : [{ ad_denoising_strength: body.denoising_strength }];
  return runs.map(({ ad_steps = body.steps, ad_denoising_strength = 0.4 }) =>
    serverSteps(Number(ad_steps), ad_denoising_strength, fix),
  );
}

const isRedraw = ({ path }: WebuiRequest) => path === '/sdapi/v1/img2img';

describe('the steps that run are those of the plan', () => {
  test.each<[WebuiTargetName, boolean]>([
    ['a1111', false],
    ['a1111', true],
    ['reforge', true],
    ['forge', true],
  ])('on %s, whose own setting of img2img_fix_steps is %s', (target, setting) => {
    const passes = held((plan) =>
      compiled(() => toWebuiRequests(plan, { target }))
        ?.filter(isRedraw)
        .flatMap((request) => stepsOnServer(request, setting)),
    );
    expect(passes.filter(({ all }) => all).length).toBeGreaterThan(5);
    expect(passes.filter(({ all }) => !all).length).toBeGreaterThan(50);
    for (const pass of passes) expect(pass.run, JSON.stringify(pass)).toBe(lawful(pass));
  });

  test('on ComfyUI, but for FaceDetailer, of which there is a warning where it runs others', () => {
    const passes = held((plan) => {
      const result = compiled(() => toComfyPrompt(plan));
      if (result === undefined) return undefined;
      const { prompt, warnings } = result;
      return plan.stages.flatMap(({ id, stage_type }) => {
        const nodes = Object.entries(prompt).filter(([key]) => key.startsWith(`${id}-`));
        return nodes.flatMap(([key, { class_type, inputs }]) => {
          const { steps, start_at_step: start = 0 } = inputs;
          if (class_type === 'FaceDetailer') {
            const place = `detectors[${Number(key.split('-').at(-1)) - 1}].steps`;
            const warned = warnings.filter(
              (each) => each.code === 'other_steps' && each.stage_id === id && each.field === place,
            );
            return [Number(warned[0]?.value ?? steps)];
          }
          if (stage_type === 'txt2img' || key !== `${id}-sample`) return [];
          return [Number(steps) - Number(start)];
        });
      });
    });
    expect(passes.filter(({ all }) => all).length).toBeGreaterThan(5);
    expect(passes.filter(({ all }) => !all).length).toBeGreaterThan(50);
    for (const pass of passes) expect(pass.run, JSON.stringify(pass)).toBe(lawful(pass));
  });

  test('on SD.Next, or there is a warning that says both', () => {
    const detectors = { 'face_yolov8n.pt': 'face-yolo8n' };
    let warned = 0;
    held((plan) => {
      const requests = compiled(() => toWebuiRequests(plan, { target: 'sdnext', detectors }));
      if (requests === undefined) return undefined;
      const redraws = requests.filter(({ path }) => /img2img|detail/.test(path));
      const told = redraws.map(({ warnings }) => warnings);
      expect(told.map((each) => each.map(({ planned, run }) => [planned, run]))).toEqual(
        passesOf(plan).map((pass) => {
          // Its schedule has N // d + 1 steps, of which diffusers runs the last share.
          const total = Math.floor(pass.steps / pass.denoise + 1e-9) + 1;
          const run = Math.trunc(total * pass.denoise + 1e-9);
          return run === lawful(pass) ? [] : [[lawful(pass), run]];
        }),
      );
      warned += told.flat().length;
      expect(requests.flatMap(({ warnings }) => warnings)).toEqual(told.flat());
      return passesOf(plan).map(lawful);
    });
    expect(warned).toBeGreaterThan(50);
  });
});

const redrawn = (denoising_strength: number, sampler_name = 'Euler') => ({
  img2img_enabled: true,
  hires_enabled: true,
  hires_upscaler_name: 'R-ESRGAN 4x+',
  hires_denoise: denoising_strength,
  input_image: 'photo.png',
  ...photo,
  sampler_name,
});

test('a redraw of hires fix needs no longer schedule than the sampler of the server has', () => {
  const compile = (denoise: number, sampler: string) =>
    toWebuiRequests(buildStagePlan(redrawn(denoise, sampler)), { target: 'a1111' });
  expect(() => compile(0.01, 'DDIM')).toThrow('Change redraw.denoising_strength');
  expect(() => compile(0.02, 'DDIM')).not.toThrow();
  expect(() => compile(0.01, 'Euler')).not.toThrow();
});

test('of a plan made by hand, a redraw of hires fix at a strength of 0 is refused: it has no schedule', () => {
  const plan = structuredClone(buildStagePlan(redrawn(0.5)));
  const redraw = Object(plan.stages[1]?.stage_config).redraw;
  redraw.denoising_strength = 0;
  expect(() => toWebuiRequests(plan, { target: 'forge' })).toThrow('Change redraw.denoising_strength');
});

test('SD.Next runs nothing at a strength of 0, and says so', () => {
  const config = { img2img_enabled: true, input_image: 'photo.png', ...photo };
  const [request] = toWebuiRequests(buildStagePlan({ ...config, img2img: { denoising_strength: 0 } }), {
    target: 'sdnext',
  });
  const [warning] = request?.warnings ?? [];
  if (warning === undefined) throw new Error('There should be a warning.');
  expect(warning).toEqual({
    code: 'other_steps',
    stage_id: '1-img2img',
    field: 'steps',
    planned: 1,
    run: 0,
  });
  expect(sayWebuiWarning(warning)).toContain(
    '1-img2img runs other steps on SD.Next, which counts steps in another way: 0, where the plan has 1.',
  );
});
