import { describe, expect, test } from 'vitest';
import { internationalTextChunk, jpegOfTags, png, textChunk } from './image-files.ts';
import { lossy, noted, onlyRun, stagesOf } from './only-run.ts';

const swarm = { prompt: 'a kiln', model: 'm', steps: 20, width: 512, height: 512 };

describe('SwarmUI', () => {
  const read = (more: object) => onlyRun({ sui_image_params: { ...swarm, ...more } });

  test('leaves out what stands at its default', () => {
    const { config } = read({ refinercontrolpercentage: 0.25, refinermethod: 'PostApply' });
    expect(config).toMatchObject({
      hires_enabled: true,
      hires_upscale_factor: 1,
      hires_upscaler_name: 'Lanczos',
    });
  });

  test('whose second pass differs says it in the fields of hires', () => {
    const { config } = read({
      refinercontrolpercentage: 0.25,
      refinerupscale: 2,
      refinercfgscale: 4,
      refinersampler: 'euler',
      refinerscheduler: 'karras',
      refinermodel: 'r',
      refinerupscalemethod: 'latent-bicubic',
    });
    expect(config).toMatchObject({
      hires_cfg_scale: 4,
      hires_sampler_name: 'Euler',
      hires_scheduler: 'Karras',
      hires_model_name: 'r',
      hires_upscaler_name: 'Latent (bicubic)',
    });
  });

  test('whose second pass has no share says what is lost', () => {
    expect(lossy(read({ refinermodel: 'r' }))).toEqual(['sui_image_params.refinermodel']);
    expect(read({ refinermodel: 'r', refinercontrolpercentage: 0 }).config.hires_enabled).toBe(false);
  });

  test('steps over a share that is no number refuses it', () => {
    const swap = { refinercontrolpercentage: 'x', refinermethod: 'StepSwap', refinermodel: 'r' };
    expect(() => read(swap)).toThrow('refiner_switch_at');
  });

  test('LoRAs without a weight have one, also without a prompt', () => {
    const { prompt: _prompt, ...others } = swarm;
    expect(onlyRun({ sui_image_params: { ...others, loras: ['x'] } }).config.prompt).toBe('<lora:x:1>');
    expect(onlyRun({ sui_image_params: others }).config.prompt).toBe('');
    const nameless = { ...others, refinerupscalemethod: 7, refinercontrolpercentage: 0.2 };
    expect(() => onlyRun({ sui_image_params: nameless })).toThrow('hires_upscaler_name');
  });

  test('without its parameters is refused by its name', () => {
    expect(() => onlyRun({ sui_models: [] })).toThrow('a SwarmUI image without its parameters');
  });
});

describe('InvokeAI', () => {
  const base = { positive_prompt: 'a kiln', generation_mode: 'img2img', strength: 0.6 };

  test('before 4.0 names models in other words', () => {
    const { config } = onlyRun({
      ...base,
      model: { model_name: 'old' },
      vae: {},
      refiner_model: 'r',
      scheduler: 'euler_a',
      loras: [{ lora: { model_name: 'x' } }, { lora: 'broken' }],
    });
    expect(config).toMatchObject({
      model: 'old',
      refiner_model_name: 'r',
      vae: null,
      sampler_name: 'Euler a',
      prompt: 'a kiln <lora:x:1>',
    });
    expect(config.img2img.denoising_strength).toBe(0.6);
  });

  test('without a version, a scheduler or a prompt is read as far as it goes', () => {
    const run = onlyRun(png(textChunk('invokeai_metadata', '{"steps": 12}')));
    expect([run.writer, run.config.steps, run.config.prompt]).toEqual(['InvokeAI', 12, '']);
    expect(() => onlyRun({ ...base, scheduler: 7 })).toThrow('sampler_name');
  });
});

describe('Fooocus and RuinedFooocus', () => {
  test('without LoRAs, without a prompt, and without a version are read as far as they go', () => {
    const run = onlyRun({ performance: 'Speed', sharpness: 2, steps: 30, loras: [['x', 1]] });
    expect([run.writer, run.version, lossy(run)]).toEqual([
      'Fooocus',
      null,
      ['performance', 'sharpness', 'loras'],
    ]);
    expect(
      onlyRun({ adm_guidance: 'x', lora_combined_1: 7, lora_combined_2: 'no weight', steps: 3 }).config
        .prompt,
    ).toBe('');
    const ruined = onlyRun({ Prompt: 'a kiln', base_model_name: 'm', loras: [], steps: 9 });
    expect([ruined.writer, ruined.certainty]).toEqual(['RuinedFooocus', 'likely']);
    const weightless = onlyRun({ software: 'RuinedFooocus', loras: [{ name: 'x' }, [1, 2]] });
    expect(weightless.config.prompt).toBe('<lora:x:1>');
  });

  test('a version of another name is kept', () => {
    expect(onlyRun({ version: 'Mine 2', performance: 'Speed', sharpness: 2 }).version).toBe('Mine 2');
  });

  test('a resolution that is none is refused', () => {
    expect(() => onlyRun({ version: 'Fooocus v2', resolution: 'wide' })).toThrow('width');
  });

  test('a base model alone is no mark', () => {
    expect(() => onlyRun({ base_model_name: 'm', cfg: 4 })).toThrow('an object of base_model_name, cfg');
  });
});

describe('NovelAI', () => {
  const comment = { prompt: 'a kiln', uc: '', steps: 28, scale: 5, sampler: 'k_euler' };

  test('in a PNG of its own is certain, and keeps its model to itself', () => {
    const run = onlyRun(
      png(
        textChunk('Software', 'NovelAI'),
        textChunk('Source', 'NovelAI Diffusion V4'),
        textChunk('Comment', JSON.stringify({ ...comment, request_type: 'Img2ImgRequest' })),
      ),
    );
    expect([run.writer, run.certainty, stagesOf(run)]).toEqual(['NovelAI', 'certain', 'img2img']);
    expect(lossy(run)).toEqual(['Source']);
  });
});

describe('Civitai', () => {
  const meta = { prompt: 'a kiln', cfgScale: 5, sampler: 'Euler a', steps: 20 };

  test('extraMetadata may be an object, and counts only where it is one', () => {
    expect(onlyRun({ extraMetadata: meta }).config.cfg_scale).toBe(5);
    expect(onlyRun({ extraMetadata: 'broken', ...meta }).config.cfg_scale).toBe(5);
    expect(onlyRun({ extraMetadata: '[]', ...meta }).config.cfg_scale).toBe(5);
  });
});

describe('a request of the WebUI', () => {
  const request = { prompt: 'a kiln', steps: 20, sampler_name: 'Euler a', cfg_scale: 5 };

  test('without pictures and hires redraws nothing, whatever its strength', () => {
    const flat = onlyRun({ ...request, denoising_strength: 0.6 });
    expect([flat.writer, flat.certainty, noted(flat, 'ambiguous')]).toEqual([
      'WebUI request',
      'likely',
      ['denoising_strength'],
    ]);
    expect(noted(onlyRun({ ...request, denoising_strength: 0, styles: ['x'] }), 'ignored')).toContain(
      'denoising_strength',
    );
  });

  test('with a mask keeps how it is used', () => {
    const run = onlyRun({
      ...request,
      init_images: ['x'],
      mask: 'aGVsbG8=',
      mask_blur: 8,
      mask_blur_x: 8,
      inpainting_fill: 2,
      inpaint_full_res: true,
      inpainting_mask_invert: 1,
    });
    expect(run.config.img2img.mask).toMatchObject({
      blur: 8,
      fill: 'latent_noise',
      only_masked: true,
      invert: true,
    });
    expect(lossy(run)).toEqual(['init_images', 'mask']);
    expect(() => onlyRun({ ...request, init_images: ['x'], mask: 'y', inpainting_fill: 9 })).toThrow('fill');
  });

  test('leaves to the server what it does not say', () => {
    const flat = { prompt: 'a kiln', init_images: ['x'], mask: 'y' };
    const run = onlyRun(flat);
    expect([run.config.steps, run.config.img2img]).toMatchObject([
      50,
      { denoising_strength: 0.75, mask: { fill: 'fill', only_masked: true, padding: 0 } },
    ]);
    const steps = run.notes.filter(({ path }) => path[0] === 'steps');
    expect(steps.map(({ code }) => code)).toEqual(['defaulted']);
    const sigma = { schedulers_sigma: 'karras' };
    const sdnext = onlyRun({ ...flat, override_settings: sigma });
    expect([sdnext.config.steps, sdnext.config.scheduler]).toEqual([20, 'Karras']);
  });

  test('carries what has no field, but no picture', () => {
    const picture = `iVBORw0KGgo${'A'.repeat(80)}`;
    expect(onlyRun({ ...request, init_images: ['x'], subseed: 4 }).config.img2img.backend_options).toEqual({
      webui: { subseed: 4 },
    });
    expect(lossy(onlyRun({ ...request, styles: [picture], subseed: 3 }))).toEqual(['styles', 'subseed']);
  });
});

describe('JSON that nobody known wrote', () => {
  test.each([
    ['names itself', { software: 'KilnUI', steps: 3, prompt: 'x' }, 'JSON of KilnUI'],
    ['has steps and a prompt', { steps: 3, prompt: 'x', strength: 0.4 }, 'an object of strength'],
    ['has nothing', {}, 'an object of no keys'],
  ])('and that %s is refused', (_what, json, found) => {
    expect(() => onlyRun(json)).toThrow(`it is ${found}. JSON of these is read: StableNew, WebUI answer`);
  });

  test('flat keys that StableNew writes are its own, whatever else they are', () => {
    expect(onlyRun({ steps: 3, model: 'x', variant_index: 1, subseed: -1, job_id: 'y' }).writer).toBe(
      'StableNew',
    );
    expect(() => onlyRun([7])).toThrow(expect.objectContaining({ name: 'UnknownShapeError' }));
  });
});

describe('StableNew', () => {
  const read = (upscale: object) =>
    onlyRun({ txt2img: {}, upscale: { enabled: true, upscaler: 'x', ...upscale } });

  test('redraws an upscale in the mode img2img alone', () => {
    const redraw = { denoising_strength: 0.35, steps: 12, sampler_name: 'DPM++ 2M Karras' };
    expect(read({ ...redraw, upscale_mode: 'img2img' }).config.upscale.redraw).toMatchObject({
      denoising_strength: 0.35,
      steps: 12,
      sampler_name: 'DPM++ 2M',
      scheduler: 'Karras',
    });
    expect(read({ ...redraw, upscale_mode: 'single' }).config.upscale.redraw).toBeNull();
    expect(noted(read(redraw), 'ignored')).toContain('upscale.steps');
  });

  test('writes choices of masks and passes in words of its own', () => {
    const detector = { ad_model: 'face.pt', mask_filter_method: 'largest', mask_merge_mode: 'merge' };
    const keep = { ad_model: 'face.pt', mask_filter_method: 'all', mask_merge_mode: 'keep' };
    const of = (adetailer: object) =>
      onlyRun({ txt2img: {}, adetailer: { enabled: true, ...adetailer } }).config.adetailer[0];
    expect(of(detector)).toMatchObject({ mask_filter_method: 'Area', mask_merge_invert: 'Merge' });
    expect(of(keep)).toMatchObject({ mask_filter_method: 'Area', mask_merge_invert: 'None' });
    const pass = (hires_use_base_model: unknown) =>
      onlyRun({ txt2img: { hires_use_base_model } }).config.refiner_pass;
    expect([pass(true), pass(false)]).toEqual(['first', 'both']);
    expect(() => pass(3)).toThrow('refiner_pass');
  });
});

describe('other texts of an image', () => {
  const infotext = 'a kiln\nSteps: 20, Sampler: Euler a, Size: 512x512';
  const image = (...texts: readonly (readonly [string, string])[]) =>
    onlyRun(png(...texts.map(([keyword, text]) => internationalTextChunk(keyword, text))));

  test('are noted: what may be a run as lost, what is about the file as left out', () => {
    const run = image(
      ['parameters', infotext],
      ['prompt', '{}'],
      ['workflow', '{}'],
      ['other', 'x'],
      ['Software', 'y'],
      ['parameters', infotext],
    );
    expect(lossy(run)).toEqual(['prompt', 'workflow', 'other']);
    expect(noted(run, 'ignored')).toEqual(['parameters', 'Software']);
  });

  test('the drawing beside a graph says nothing more', () => {
    const graph = {
      a: { class_type: 'LoadImage', inputs: { image: 'x.png' } },
      b: { class_type: 'ImageScaleBy', inputs: { image: ['a', 0], scale_by: 2, upscale_method: 'lanczos' } },
      c: { class_type: 'SaveImage', inputs: { images: ['b', 0] } },
    };
    const run = image(['prompt', JSON.stringify(graph)], ['workflow', '{}']);
    expect([run.writer, noted(run, 'ignored')]).toEqual(['ComfyUI', ['workflow']]);
  });

  test('a project of StabilityMatrix tells who wrote the parameters', () => {
    expect(image(['parameters', infotext], ['smproj', '{}']).writer).toBe('StabilityMatrix');
  });

  test('what the Extras tab wrote is an upscale of the run, or of a picture', () => {
    const extras = ['postprocessing', 'Postprocess upscale by: 4, Postprocess upscaler: Lanczos'] as const;
    const run = image(['parameters', infotext], extras);
    expect([stagesOf(run), run.config.upscale.upscale_factor]).toEqual(['txt2img>upscale', 4]);
    const alone = image(extras);
    expect([alone.config.txt2img_enabled, alone.config.upscale_enabled]).toEqual([false, true]);
    expect(lossy(image(['parameters', infotext], ['extras', 'nothing of it']))).toEqual(['extras']);
  });
});

describe('what is stated is read or noted:', () => {
  const swarmOf = (more: object) => ({ sui_image_params: { prompt: 'a kiln', model: 'm', ...more } });
  const invoke = { positive_prompt: 'a kiln', app_version: '6.0', width: 512, height: 512 };
  const script = (args: readonly unknown[]) => ({ ADetailer: { args } });

  test.each<[string, object, readonly string[]]>([
    ['the shape of SwarmUI', swarmOf({ aspectratio: '1:1' }), ['sui_image_params.aspectratio']],
    ['no shape beside a size', swarmOf({ aspectratio: '1:1', width: 512, height: 512 }), []],
    ['the picture of SwarmUI', swarmOf({ initimage: 'x.png' }), ['sui_image_params.initimage']],
    ['the segments of SwarmUI', swarmOf({ prompt: 'a <segment:face> b' }), ['sui_image_params.prompt']],
    ['the style of InvokeAI', { ...invoke, positive_style_prompt: 'oil' }, ['positive_style_prompt']],
    ['the pictures of InvokeAI', { ...invoke, ref_images: [{ id: 1 }] }, ['ref_images']],
    [
      'the mask of NovelAI',
      { prompt: 'a kiln', uc: '', scale: 5, sampler: 'k_euler', request_type: 'NativeInfillingRequest' },
      ['request_type'],
    ],
    ['the mask of InvokeAI', { ...invoke, generation_mode: 'sdxl_inpaint' }, ['generation_mode']],
    [
      'the img2img that ADetailer skips',
      {
        prompt: 'a kiln',
        init_images: [],
        alwayson_scripts: script([true, true, { ad_model: 'face_yolov8n.pt' }]),
      },
      ['alwayson_scripts.ADetailer.args.1', 'init_images'],
    ],
  ])('%s', (_what, json, places) => {
    expect([...lossy(onlyRun(json))].sort()).toEqual(places);
  });

  test('a detector by the first title of its script, and one that is off', () => {
    const scripted = (title: string, ...args: readonly unknown[]) =>
      onlyRun({ prompt: 'a kiln', alwayson_scripts: { [title]: { args } } });
    const detector = { ad_model: 'hand_yolov8n.pt' };
    expect(scripted('After Detailer', detector).config.adetailer).toMatchObject([
      { model: 'hand_yolov8n.pt' },
    ]);
    const off = scripted('ADetailer', false, false, detector);
    expect([off.config.adetailer_enabled, noted(off, 'ignored')]).toEqual([
      false,
      ['alwayson_scripts.ADetailer'],
    ]);
  });

  test('what Civitai found in a graph: one model, one VAE, LoRAs of a strength, and empty lists', () => {
    const run = onlyRun({
      prompt: 'a kiln',
      cfgScale: 5,
      models: ['clay.safetensors'],
      vaes: ['v', 'w'],
      upscalers: [],
      additionalResources: [{ name: 'glaze.safetensors', type: 'lora', strength: 0.4 }],
    });
    expect(run.config).toMatchObject({ model: 'clay.safetensors', prompt: 'a kiln <lora:glaze:0.4>' });
    expect(noted(run, 'not_set')).toEqual(['upscalers']);
  });

  test('the images of SwarmUI are as many runs', () => {
    expect(onlyRun(swarmOf({ images: 3 })).config.n_iter).toBe(3);
  });

  test('a request that enables hires in words, to a size', () => {
    const request = { prompt: 'a kiln', enable_hr: 'True', override_settings: {}, hr_upscaler: 'Latent' };
    const { config } = onlyRun({ ...request, hr_resize_x: 1024, hr_resize_y: 768 });
    expect(config).toMatchObject({ hires_enabled: true, hires_resize_to: { width: 1024, height: 768 } });
    expect(onlyRun(request).config.hires_resize_to).toBeNull();
    const side = onlyRun({ ...request, width: 640, hr_scale: 2, hr_resize_x: 0, hr_resize_y: 768 });
    expect([side.config.hires_upscale_factor, lossy(side)]).toEqual([1.5, []]);
    expect(noted(side, 'ignored')).toEqual(['hr_resize_x', 'hr_scale']);
    expect(onlyRun({ ...request, width: 640, hr_resize_x: 800 }).config.hires_upscale_factor).toBe(1.25);
    expect(() => onlyRun({ ...request, width: 'wide', hr_resize_x: 800 })).toThrow('width');
  });

  test('a workflow of Civitai switches on what it names, and nothing off', () => {
    const meta = { prompt: 'a kiln', cfgScale: 5, denoise: 0.4, 'ADetailer model': 'hand_yolov8n.pt' };
    const redrawn = onlyRun({ ...meta, workflow: 'img2img-hires' }).config;
    expect(redrawn).toMatchObject({
      txt2img_enabled: false,
      img2img_enabled: true,
      hires_enabled: true,
      adetailer_enabled: true,
      img2img: { denoising_strength: 0.4 },
    });
    const { 'ADetailer model': _model, ...plain } = meta;
    expect(onlyRun({ ...plain, workflow: 'txt2img-facefix' }).config.adetailer_enabled).toBe(true);
  });

  test('lines of an infotext may end with a carriage return alone', () => {
    const bytes = png(textChunk('parameters', 'a kiln\rNegative prompt: bad\rSteps: 9, Size: 64x64'));
    expect(onlyRun(bytes).config).toMatchObject({ prompt: 'a kiln', negative_prompt: 'bad', steps: 9 });
  });
});

test('two texts of one keyword that differ are in doubt', () => {
  const other = 'a pond\nSteps: 9, Sampler: DDIM, Size: 64x64';
  const run = onlyRun(png(textChunk('parameters', infotextOf('a kiln')), textChunk('parameters', other)));
  expect([run.config.prompt, lossy(run)]).toEqual(['a kiln', ['parameters']]);
});

function infotextOf(prompt: string): string {
  return `${prompt}\nSteps: 20, Sampler: Euler, Seed: 1, Size: 512x512`;
}

describe('emphasis that the WebUI reads otherwise is noted', () => {
  const novelai = (prompt: string, uc = '') =>
    lossy(onlyRun({ prompt, uc, scale: 5, sampler: 'k_euler', n_samples: 1 }));
  const invokeai = (positive_prompt: string) =>
    lossy(onlyRun({ positive_prompt, generation_mode: 'txt2img', app_version: '5.1.0' }));

  test.each(['{a kiln}', '[a kiln]', '1.3::a kiln::', 'a kiln (old)'])('of NovelAI: %s', (prompt) => {
    expect([novelai(prompt), novelai('a kiln', prompt)]).toEqual([['prompt'], ['uc']]);
  });

  test.each(['a kiln++', 'a kiln-, dusk', '(a kiln)1.2', '("a", "b").swap()'])(
    'of InvokeAI: %s',
    (prompt) => {
      expect(invokeai(prompt)).toEqual(['positive_prompt']);
    },
  );

  test('a prompt without it is not', () => {
    expect([novelai('a kiln, dusk'), invokeai('a well-worn kiln, 1+1')]).toEqual([[], []]);
  });
});

describe('the answer of a WebUI', () => {
  const infotexts = [infotextOf('a grid'), infotextOf('a kiln')];
  const info = { infotexts, index_of_first_image: 1 };

  test.each([
    ['with its info as text', { images: ['x'], parameters: {}, info: JSON.stringify(info) }],
    ['with its info as an object', { images: ['x'], info }],
    ['about a picture', { info: infotextOf('a kiln'), items: {}, parameters: {} }],
  ])('%s is the run of its first image', (_how, answer) => {
    const run = onlyRun(answer);
    expect([run.writer, run.config.prompt, run.config.steps]).toEqual(['AUTOMATIC1111 WebUI', 'a kiln', 20]);
    expect([lossy(run), noted(run, 'ignored')]).toEqual([
      [],
      Object.keys(answer).filter((key) => key !== 'info'),
    ]);
  });

  test.each(['Parameters', 'UserComment'])('an infotext under %s is a run', (key) => {
    const run = onlyRun({ SourceFile: 'a.png', [key]: infotextOf('a kiln') });
    expect([run.writer, run.config.prompt]).toEqual(['AUTOMATIC1111 WebUI', 'a kiln']);
    expect(noted(run, 'ignored')).toEqual(['SourceFile']);
  });

  test.each([
    ['without infotexts', { images: [], info: '{}' }],
    ['without an info', { images: [] }],
    ['without images', { info }],
  ])('%s is refused by its keys', (_how, answer) => {
    expect(() => onlyRun(answer)).toThrow('an object of ');
  });
});

describe('texts of a picture in one object', () => {
  const graph = {
    a: { class_type: 'LoadImage', inputs: { image: 'x.png' } },
    b: { class_type: 'ImageScaleBy', inputs: { image: ['a', 0], scale_by: 2, upscale_method: 'lanczos' } },
    c: { class_type: 'SaveImage', inputs: { images: ['b', 0] } },
  };
  const asText = JSON.stringify(graph);
  const swarm = JSON.stringify({ sui_image_params: { prompt: 'a kiln', steps: 9 } });

  test.each<[string, object, readonly string[]]>([
    ['AUTOMATIC1111 WebUI', { parameters: infotextOf('a kiln'), prompt: asText }, ['prompt']],
    ['SwarmUI', { prompt: asText, parameters: swarm }, ['prompt']],
    ['ComfyUI', { prompt: asText, workflow: '{"nodes":[],"links":[]}' }, []],
    ['StabilityMatrix', { parameters: infotextOf('a kiln'), smproj: {} }, ['smproj']],
    [
      'InvokeAI',
      { invokeai_metadata: { positive_prompt: 'a kiln' }, invokeai_graph: '{}' },
      ['invokeai_graph'],
    ],
  ])('is the run of %s, and what else stands there is noted', (writer, texts, lost) => {
    const run = onlyRun(texts);
    expect([run.writer, lossy(run)]).toEqual([writer, lost]);
  });

  test('is no run where none of them is one', () => {
    expect(() => onlyRun({ parameters: 'a kiln', Comment: 'fired' })).toThrow(
      'an object of parameters, Comment',
    );
  });
});

describe('a Space of Hugging Face', () => {
  const space = { prompt: 'a kiln', resolution: '512 x 768', num_inference_steps: 9 };

  test('names its model in a text or in an object, and may enlarge nothing', () => {
    const run = onlyRun({ ...space, Model: 'clayXL', 'Model hash': '01', use_upscaler: null });
    expect([run.config.model, run.config.height, run.config.hires_enabled]).toEqual(['clayXL', 768, false]);
    const bare = onlyRun({ ...space, use_upscaler: { upscale_by: 2 } });
    expect([bare.config.hires_enabled, bare.config.hires_upscaler_name]).toEqual([true, 'Latent']);
  });
});

describe('models that Civitai lists', () => {
  const meta = { prompt: 'a kiln', cfgScale: 5 };
  const list = [
    { type: 'checkpoint', modelName: 'Clay XL' },
    { type: 'lora', modelName: 'Glaze', weight: 0.7 },
    { type: 'lora', name: 'Ash' },
    { type: 'lora', modelVersionId: 9 },
    { type: 'embed', name: 'Soot' },
    7,
  ];

  test('are the model and tags of the prompt, and the others are noted', () => {
    const run = onlyRun({ ...meta, civitaiResources: list, resources: [list[1]] });
    expect(run.config).toMatchObject({
      model: 'Clay XL',
      prompt: 'a kiln <lora:Glaze:0.7> <lora:Ash:1>',
    });
    expect(lossy(run)).toEqual(['civitaiResources.3', 'civitaiResources.4', 'civitaiResources.5']);
  });

  test('beside a stated model and tags of the prompt are noted alone', () => {
    const run = onlyRun({ ...meta, prompt: 'a kiln <lora:x:1>', Model: 'm', resources: list.slice(0, 2) });
    expect(run.config).toMatchObject({ model: 'm', prompt: 'a kiln <lora:x:1>' });
    expect([lossy(run), noted(run, 'ignored')]).toEqual([['resources.1'], ['resources.0']]);
  });

  test('in another form are lost', () => {
    expect(lossy(onlyRun({ ...meta, resources: 'x' }))).toEqual(['resources']);
    expect(lossy(onlyRun({ ...meta, resources: { a: 1 } }))).toEqual(['resources']);
  });
});

describe('Draw Things', () => {
  const json = { c: 'a kiln', uc: '', sampler: 'DDIM Trailing', scale: 6, steps: 9 };

  test('names its LoRAs as pairs, or in a list', () => {
    const text =
      'a kiln\n-bad\nSteps: 9, Guidance Scale: 6.0, Strength: 1.0, LoRA Model: x.ckpt, LoRA Weight: 0.5, LoRA Model: , LoRA Weight: 1.0, LoRA 3 Model: y.ckpt';
    expect(onlyRun(text).config.prompt).toBe('a kiln <lora:x:0.5> <lora:y:1>');
    const lora = [{ model: 'x.ckpt', weight: 0.5 }, { file: 'y.ckpt' }, {}, 7];
    expect(onlyRun({ ...json, lora }).config.prompt).toBe('a kiln <lora:x:0.5> <lora:y:1>');
  });

  test('has its refiner among the settings of the app', () => {
    const run = onlyRun({ ...json, v2: { refinerModel: 'r', refinerStart: 0.6, hiresFix: true } });
    expect(run.config).toMatchObject({ refiner_enabled: true, refiner_switch_at: 0.6, sampler_name: 'DDIM' });
    expect(lossy(run)).toEqual(['sampler', 'v2']);
    expect(() => onlyRun({ ...json, sampler: 7 })).not.toThrow();
  });

  const xmp = (description: string) =>
    `<x:xmpmeta><dc:description><rdf:Alt>${description}</rdf:Alt></dc:description></x:xmpmeta>`;

  test('keeps its infotext in the XMP of a PNG', () => {
    const text =
      'a &lt;kiln&gt; &amp; &#233; &#xe9;&#xA;-bad&#xA;Steps: 9, Guidance Scale: 6.0, Strength: 1.0';
    const item = `<rdf:li xml:lang="x-default">${text}</rdf:li>`;
    const run = onlyRun(png(internationalTextChunk('XML:com.adobe.xmp', xmp(item))));
    expect([run.writer, run.config.prompt, run.config.negative_prompt]).toEqual([
      'Draw Things',
      'a <kiln> & é é',
      'bad',
    ]);
  });

  test.each(['', '<rdf:li>a photograph</rdf:li>', '<rdf:li>open'])(
    'XMP without one is about the file: %s',
    (item) => {
      const run = onlyRun(
        png(
          textChunk('parameters', infotextOf('a kiln')),
          internationalTextChunk('XML:com.adobe.xmp', xmp(item)),
        ),
      );
      expect(noted(run, 'ignored')).toEqual(['XML:com.adobe.xmp']);
    },
  );
});

describe('Easy Diffusion', () => {
  const request = { prompt: 'a kiln', use_stable_diffusion_model: 'm', num_inference_steps: 9 };

  test('in one text for each key is one run', () => {
    const keys = {
      ...request,
      use_lora_model: "['x', 'y']",
      lora_alpha: '[0.5]',
      use_vae_model: 'None',
      clip_skip: 'True',
    };
    const run = onlyRun(png(...Object.entries(keys).map(([key, value]) => textChunk(key, String(value)))));
    expect([run.writer, run.config.steps, run.config.clip_skip, run.config.vae]).toEqual([
      'Easy Diffusion',
      9,
      2,
      null,
    ]);
    expect(run.config.prompt).toBe('a kiln <lora:x:0.5> <lora:y:1>');
    expect(lossy(run)).toEqual([]);
  });

  test('in lines of its own words is one run, with a prompt of several lines', () => {
    const text =
      'Prompt: a kiln\nat dusk\nWidth: 640\nSteps: 9\nGuidance Scale: 6.5\nNegative Prompt: bad\nStable Diffusion model: m\nLora model: x';
    expect(onlyRun(text).config).toMatchObject({
      prompt: 'a kiln\nat dusk <lora:x:1>',
      negative_prompt: 'bad',
      width: 640,
      cfg_scale: 6.5,
      model: 'm',
    });
    expect(() => onlyRun(`${text}${' '.repeat(100_001)}`)).not.toThrow(TypeError);
  });

  test('with a picture to begin with is an img2img, and what is off is off', () => {
    const run = onlyRun({
      ...request,
      init_image: 'data:',
      prompt_strength: 0.4,
      upscale_amount: 4,
      clip_skip: false,
      use_lora_model: ['x', ''],
      lora_alpha: 0.3,
    });
    expect(stagesOf(run)).toBe('img2img');
    expect(run.config).toMatchObject({
      img2img: { denoising_strength: 0.4 },
      clip_skip: 1,
      prompt: 'a kiln <lora:x:0.3>',
    });
    expect(lossy(run)).toEqual(['init_image']);
  });
});

test('Tensor.Art names its LoRAs among the models', () => {
  const models = [
    { type: 'LORA', modelFileName: 'x', weight: 0.5 },
    { label: 'y' },
    { type: 'VAE', label: 'z' },
    {},
    7,
  ];
  const run = onlyRun({ prompt: 'a kiln', baseModel: { modelFileName: 'm' }, models });
  expect([run.writer, run.config.prompt]).toEqual(['Tensor.Art', 'a kiln <lora:x:0.5> <lora:y:1>']);
});

test('a denoise of RuinedFooocus counts as text as well', () => {
  const run = onlyRun({ software: 'RuinedFooocus', Prompt: 'a kiln', denoise: '0.5' });
  expect([stagesOf(run), run.config.img2img.denoising_strength]).toEqual(['img2img', 0.5]);
  expect(stagesOf(onlyRun({ software: 'RuinedFooocus', Prompt: 'a kiln', denoise: 'None' }))).toBe('txt2img');
});

test('NovelAI of 2022 has its prompt in the description, and a strength in every picture', () => {
  const comment = { steps: 28, sampler: 'k_euler', seed: 3, strength: 0.7, noise: 0.2, scale: 11, uc: 'bad' };
  const chunks = { Software: 'NovelAI', Description: 'a kiln', Comment: JSON.stringify(comment) };
  const run = onlyRun(png(...Object.entries(chunks).map(([key, text]) => textChunk(key, text))));
  expect([run.config.prompt, stagesOf(run)]).toEqual(['a kiln', 'img2img']);
  expect(run.notes.filter(({ code }) => code === 'ambiguous').map(({ path }) => path)).toEqual([
    ['Comment', 'strength'],
  ]);
});

test('the log of Fooocus leaves its steps to the performance', () => {
  const log = { Prompt: 'a kiln', Performance: 'Quality', Sharpness: 2 };
  expect(onlyRun(log).config.steps).toBe(60);
  expect(onlyRun({ ...log, Steps: 9 }).config.steps).toBe(9);
  expect(onlyRun({ prompt: 'a kiln', performance: 'Odd', sharpness: 2 }).config.steps).toBe(20);
});

test('the upscaling of InvokeAI begins with a picture', () => {
  const { config } = onlyRun({
    positive_prompt: 'a kiln',
    app_version: '5.4.0',
    upscale_model: { name: 'RealESRGAN_x4plus' },
    upscale_scale: 3,
  });
  expect(config).toMatchObject({
    txt2img_enabled: false,
    upscale_enabled: true,
    upscale: { upscale_factor: 3 },
  });
});

describe('a request of SD.Next or Forge', () => {
  const request = { prompt: 'a kiln', enable_hr: true, denoising_strength: 0.7, override_settings: {} };

  test('has keys of its own', () => {
    const run = onlyRun({
      ...request,
      sd_model_checkpoint: 'm',
      schedulers_sigma: 'karras',
      hr_denoising_strength: 0.4,
    });
    expect(run.config).toMatchObject({ model: 'm', scheduler: 'Karras', hires_denoise: 0.4 });
    expect(noted(run, 'ignored')).toContain('denoising_strength');
  });

  test.each([
    [['v.pt'], 'v.pt', []],
    [[], null, []],
    [['a', 'b'], null, ['override_settings.forge_additional_modules of 2']],
  ])('lists its modules, of which one is the VAE: %j', (forge_additional_modules, vae, lost) => {
    const run = onlyRun({ ...request, override_settings: { forge_additional_modules } });
    expect([run.config.vae, lossy(run)]).toEqual([vae, lost]);
  });
});

describe('what is left out altogether', () => {
  test('of Easy Diffusion: the prompt, or a key in its lines', () => {
    const run = onlyRun({ use_stable_diffusion_model: 'm', num_inference_steps: 9 });
    expect([run.config.prompt, run.config.steps]).toEqual(['', 9]);
    const lines = 'a kiln\nSteps: 9\nGuidance Scale: 6\nStable Diffusion model: m';
    expect(onlyRun(lines).config).toMatchObject({ prompt: 'a kiln', steps: 9 });
    const both = onlyRun(`${lines}\nPrompt: a vase`);
    expect([both.config.prompt, lossy(both)]).toEqual(['a vase', ['Text']]);
  });

  test('of Draw Things: all that the app could do besides', () => {
    const json = { c: 'a kiln', uc: '', sampler: 'DDIM', scale: 6, v2: { clipSkip: 2, hiresFix: false } };
    expect(lossy(onlyRun(json))).toEqual([]);
  });

  test('of XMP: the description', () => {
    const chunks = [textChunk('parameters', infotextOf('a kiln')), textChunk('XML:com.adobe.xmp', '<x/>')];
    expect(noted(onlyRun(png(...chunks)), 'ignored')).toEqual(['XML:com.adobe.xmp']);
  });
});

describe('InvokeAI before 3.0', () => {
  const image = {
    type: 'txt2img',
    prompt: 'a kiln',
    steps: 20,
    seed: 3,
    width: 512,
    height: 512,
    sampler: 'k_lms',
  };
  const read = (more: object, around: object = {}) =>
    onlyRun({ app_id: 'invoke-ai/InvokeAI', image: { ...image, ...more }, ...around });

  test('has its negative prompt in square brackets', () => {
    const { config } = read({ prompt: [{ prompt: '[mud] a kiln, [smoke, ash] fired', weight: 1 }] });
    expect(config).toMatchObject({ prompt: 'a kiln, fired', negative_prompt: 'mud, smoke, ash' });
  });

  test('keeps the parts of a prompt as text, whose weights are lost', () => {
    const run = read({
      prompt: [
        { prompt: 'a kiln', weight: 0.7 },
        { prompt: 'a fire', weight: 0.3 },
      ],
    });
    expect([run.config.prompt, lossy(run)]).toEqual(['a kiln:0.7 a fire:0.3', ['image.prompt']]);
  });

  test('tells the first image of a grid', () => {
    const run = onlyRun({ model_weights: 'clay', images: [image, { ...image, seed: 4 }] });
    expect(run.config).toMatchObject({ model: 'clay', seed: 3, sampler_name: 'LMS' });
  });

  test('does not say the first pass of its hires fix', () => {
    const run = read({ hires_fix: true });
    expect([run.config.hires_enabled, lossy(run)]).toEqual([true, ['image.hires_fix']]);
  });

  test('mends faces without enlarging the picture', () => {
    const run = read({ postprocessing: [{ type: 'codeformer', strength: 0.4 }] });
    expect(run.config.upscale).toMatchObject({ upscale_factor: 1, codeformer_visibility: 0.4 });
  });

  test('notes the steps behind the picture that are none', () => {
    expect(lossy(read({ postprocessing: ['x', { type: 'embiggen' }] }))).toEqual([
      'image.postprocessing.0',
      'image.postprocessing.1',
    ]);
  });

  test('is no other JSON with an image', () => {
    expect(() => onlyRun({ app_id: 'x', image: 'y' })).toThrow('an object of app_id, image');
  });

  test('says its run again as a command, which is not read', () => {
    const text = JSON.stringify({ app_id: 'x', app_version: 'v2.2.4', image });
    const run = onlyRun(png(textChunk('Dream', 'a kiln -s 20'), textChunk('sd-metadata', text)));
    expect([run.version, lossy(run)]).toEqual(['2.2.4', []]);
  });
});

describe('an infotext under another keyword', () => {
  test('is read where no other text is a run', () => {
    expect(onlyRun(png(textChunk('Comment', infotextOf('a kiln')))).config.prompt).toBe('a kiln');
  });

  test('does not count before a graph', () => {
    const graph = JSON.stringify({ 1: { class_type: 'Widget', inputs: {} } });
    const both = png(textChunk('Description', infotextOf('a kiln')), textChunk('prompt', graph));
    expect(() => onlyRun(both)).toThrow('ComfyUI');
  });

  test('is read where cameras describe their pictures', () => {
    expect(onlyRun(jpegOfTags([270, infotextOf('a kiln')])).config.prompt).toBe('a kiln');
  });
});

test('SwarmUI of 2023 has the sampler of its backend', () => {
  const old = { prompt: 'a kiln', model: 'm', steps: 9, comfyuisampler: 'euler', comfyuischeduler: 'karras' };
  expect(onlyRun({ sui_image_params: old }).config).toMatchObject({
    sampler_name: 'Euler',
    scheduler: 'Karras',
  });
});

test('SD.Next says that the pass has the sampler of the run, and that it did nothing besides', () => {
  const text =
    'a kiln\nSteps: 9, Sampler: Euler a, Size: 512x512, Hires sampler: Same as primary, Operations: none, App: SD.Next';
  const run = onlyRun(text);
  expect([run.config.hires_sampler_name, lossy(run)]).toEqual([null, []]);
});

test('Tensor.Art lists its LoRAs beside the prompt', () => {
  const models = [
    { label: 'Ash', type: 'LORA', modelFileName: 'ash_v1', weight: 0.8 },
    { label: 'Clay' },
    { type: 'BASE' },
  ];
  const run = onlyRun({ baseModel: { modelFileName: 'glaze' }, steps: 9, models });
  expect(run.config.prompt).toBe('<lora:ash_v1:0.8> <lora:Clay:1>');
});
