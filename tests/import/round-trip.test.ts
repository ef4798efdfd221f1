import { describe, expect, test } from 'vitest';
import { toComfyPrompt } from '../../src/compile/comfyui/index.ts';
import { UncompilablePlanError } from '../../src/compile/uncompilable-plan-error.ts';
import { toWebuiRequests, type WebuiTargetName } from '../../src/compile/webui/index.ts';
import { lossyNoteCodes } from '../../src/import/index.ts';
import { type RunConfigInput, type StageExecutionPlan, safeBuildStagePlan } from '../../src/index.ts';
import { legalPlans } from '../../src/testing/index.ts';
import { onlyRun } from './only-run.ts';

const policies = { standaloneUpscale: true, standaloneAdetailer: true };
const size = { width: 1216, height: 1536 };

/** Each states what one reader has to find again. The numbers of steps and the shares divide without a rest. */
const variants: Readonly<Record<string, RunConfigInput>> = {
  'as the run': {},
  'hires fix by a model': { hires_upscaler_name: '4x-UltraSharp' },
  'hires fix to a size': { hires_resize_to: size },
  'hires fix by a model to a size': { hires_upscaler_name: '4x-UltraSharp', hires_resize_to: size },
  'hires fix in its own way': {
    hires_sampler_name: 'Euler',
    hires_scheduler: 'Simple',
    hires_cfg_scale: 4,
    hires_prompt: 'gulls',
    hires_negative_prompt: 'fog',
    hires_model_name: 'gulls.safetensors',
    hires_steps: 9,
    hires_denoise: 0.5,
  },
  'an img2img in its own way': {
    img2img: {
      prompt: 'gulls',
      negative_prompt: 'fog',
      model: 'gulls.safetensors',
      sampler_name: 'Euler',
      scheduler: 'Simple',
      cfg_scale: 3,
      steps: 10,
      denoising_strength: 0.6,
    },
  },
  detectors: {
    adetailer: [
      {
        prompt: 'a keeper',
        steps: 9,
        cfg_scale: 5,
        sampler_name: 'Euler',
        scheduler: 'Simple',
        mask_blur: 6,
      },
      { model: 'hand_yolov8n.pt', confidence: 0.4, dilate_erode: 8, denoising_strength: 0.35 },
    ],
  },
  'an upscale by a model': { upscale: { upscale_factor: 3, upscaler: '4x-UltraSharp' } },
  'an upscale by a method': { upscale: { upscaler: 'Lanczos', upscale_factor: 1.5 } },
  'an upscale to a size': { upscale: { resize_to: { width: 2000, height: 2048 } } },
  'a redraw': { upscale: { redraw: { steps: 10, denoising_strength: 0.4, sampler_name: 'Euler' } } },
  'a LoRA, a VAE and a clip skip': { prompt: 'a (pier:1.2) <lora:ink:0.8>', vae: 'salt.pt', clip_skip: 2 },
  'a batch': { batch_size: 3 },
  'the refiner in the second pass': { refiner_pass: 'second', hires_denoise: 0.5 },
  'the refiner in both passes': { refiner_pass: 'both', hires_denoise: 0.5, refiner_switch_at: 0.6 },
};
const sampling: RunConfigInput = {
  negative_prompt: 'smudges',
  seed: 7,
  sampler_name: 'DPM++ 2M',
  scheduler: 'Karras',
  steps: 20,
  cfg_scale: 6,
};

interface Case {
  readonly name: string;
  readonly plan: StageExecutionPlan;
}

/** Every legal plan of both sequences, each in three ways, so that any way meets any order. */
function cases(): readonly Case[] {
  const ways = Object.entries(variants);
  const orders = (['canonical', 'detail-before-upscale'] as const).flatMap((sequence) =>
    [...legalPlans({ sequence, ...policies })].map((legal) => ({ ...legal, sequence })),
  );
  return orders.flatMap(({ config, events, sequence }, index) =>
    ways
      .filter((_way, place) => (place + index) % 5 === 0)
      .flatMap(([way, settings]) => {
        const run = { ...config, ...sampling, ...settings };
        const built = safeBuildStagePlan(run, { sequence, ...policies });
        return built.success ? [{ name: `${events.join(' ')}: ${way}`, plan: built.plan }] : [];
      }),
  );
}

/** What a compiler makes of a plan, or undefined where the server cannot do it. */
function compiled<Result>(compile: () => Result): Result | undefined {
  try {
    return compile();
  } catch (error) {
    if (error instanceof UncompilablePlanError) return undefined;
    throw error;
  }
}

type Prompt = ReturnType<typeof toComfyPrompt>['prompt'];

/** A KSampler as the KSamplerAdvanced that samples alike: n steps at a denoise d are the last n of int(n / d). */
function asTail(node: Prompt[string]): Pick<Prompt[string], 'class_type' | 'inputs'> {
  const { class_type, inputs } = node;
  if (class_type !== 'KSampler') return node;
  const { seed: noise_seed, denoise, steps: run, ...others } = inputs;
  const steps = Math.floor(Number(run) / Number(denoise) + 1e-9);
  const part = { start_at_step: steps - Number(run), end_at_step: 10_000 };
  const noise = { add_noise: 'enable', return_with_leftover_noise: 'disable', noise_seed: noise_seed ?? 0 };
  return { class_type: 'KSamplerAdvanced', inputs: { ...others, ...part, ...noise, steps } };
}

/** A graph without the names of its nodes and files: each saved picture as the calls that make it. */
function drawing(prompt: Prompt): readonly unknown[] {
  const drawn = new Map<string, string>();
  const draw = (id: string): string => {
    const known = drawn.get(id);
    if (known !== undefined) return known;
    const { class_type, inputs } = asTail(prompt[id] ?? { class_type: 'missing', inputs: {} });
    const entries = Object.entries(inputs).filter(([name]) => name !== 'filename_prefix');
    const said = entries.map(([name, value]) => [
      name,
      Array.isArray(value) ? [draw(String(value[0])), value[1]] : value,
    ]);
    const text = JSON.stringify([class_type, said.sort()]);
    // Equal calls are one: a short name for each keeps the text from growing with every way to it.
    const name = calls.get(text) ?? `${class_type} ${calls.size}`;
    calls.set(text, name);
    drawn.set(id, name);
    return name;
  };
  return Object.keys(prompt)
    .filter((id) => prompt[id]?.class_type === 'SaveImage')
    .map(draw);
}
const calls = new Map<string, string>();

function settingsOf(plan: StageExecutionPlan): readonly unknown[] {
  return plan.stages.map(({ stage_config }) => stage_config);
}

const isLost = (code: string) => lossyNoteCodes.some((lossy) => lossy === code);

describe('what a plan becomes for ComfyUI is read back as the run', () => {
  const all = cases().flatMap((each) => {
    const prompt = compiled(() => toComfyPrompt(each.plan).prompt);
    return prompt === undefined ? [] : [{ ...each, prompt }];
  });

  test('in every order', () => expect(all.length).toBeGreaterThan(200));

  test.each(all)('$name', ({ plan, prompt }) => {
    const { config, sequence, notes } = onlyRun(prompt);
    const built = safeBuildStagePlan(config, { ...policies, sequence });
    if (!built.success) throw built.error;
    if (plan.stages[0]?.stage_type === 'adetailer') {
      // A picture of unknown size: what the run would have generated is nowhere in the graph, and that is noted.
      expect(notes.some(({ code }) => isLost(code))).toBe(true);
      return;
    }
    // Hires fix by a model, and an upscale that is redrawn, are one graph: either reading of it makes that graph again.
    const again = compiled(() => toComfyPrompt(built.plan).prompt);
    const isSame = JSON.stringify(settingsOf(built.plan)) === JSON.stringify(settingsOf(plan));
    if (!isSame) expect(again === undefined ? undefined : drawing(again)).toEqual(drawing(prompt));
  });
});

/** What a request says of its own stage. A body does not tell of the other stages, nor where its picture comes from. */
function ownSettings(config: object): object {
  const isOwn = (key: string) =>
    !/^(\w+_enabled|seed|size_from|backend_options)$/.test(key) || /^(hires|refiner)_enabled$/.test(key);
  return Object.fromEntries(Object.entries(config).filter(([key]) => isOwn(key)));
}

describe.each<WebuiTargetName>(['a1111', 'forge', 'reforge', 'sdnext'])(
  'what a plan becomes for %s is read back as the settings of its stage',
  (target) => {
    const all = cases().flatMap(({ name, plan }) => {
      const requests = compiled(() => toWebuiRequests(plan, { target })) ?? [];
      return plan.stages.slice(0, 2).flatMap((stage) => {
        const isRead = stage.stage_type === 'txt2img' || stage.stage_type === 'img2img';
        const request = requests.find(({ stage_id }) => stage_id === stage.id);
        return isRead && request !== undefined ? [{ name: `${stage.id} of ${name}`, stage, request }] : [];
      });
    });

    test('in many orders', () => expect(all.length).toBeGreaterThan(target === 'sdnext' ? 10 : 50));

    test.each(all)('$name', ({ stage, request }) => {
      const image = request.image_field === null ? {} : { [request.image_field]: ['picture'] };
      const { config, sequence } = onlyRun({ ...request.body, ...image });
      const built = safeBuildStagePlan({ ...config, input_image: 'picture' }, { ...policies, sequence });
      if (!built.success) throw built.error;
      expect(ownSettings(built.plan.stages[0]?.stage_config ?? {})).toEqual(ownSettings(stage.stage_config));
    });
  },
);
