import { describe, expect, test } from 'vitest';
import { importFile } from '../../src/import/index.ts';
import { internationalTextChunk, png } from './image-files.ts';
import { lossy, noted, onlyRun, stagesOf } from './only-run.ts';

const head = 'a pier, (dusk:1.2)\nNegative prompt: blurry\n';
const line = 'Steps: 22, Sampler: Euler a, CFG scale: 6, Seed: 3, Size: 512x768';
const said = { prompt: 'a pier, (dusk:1.2)', negative_prompt: 'blurry', steps: 22, cfg_scale: 6, seed: 3 };

describe('which lines are the parameters:', () => {
  test.each([
    ['a template behind them', `${head}${line}\nTemplate: a {pier|quay}, x, (y:1)\nmore of it`, ['Template']],
    [
      'templates before them',
      `${head}Template: a {pier|quay}\nNegative template: __bad__\n${line}`,
      ['Template', 'Negative template'],
    ],
    ['memory and time', `${head}${line}\n\nTime taken: 1 min, 2 sec.\n\nA: 1 GB, R: 2 GB, Sys: 3/4 GB`, []],
    ['embeddings', `${head}${line}\n\nUsed embeddings: a [1], b [2], c [3]`, []],
    ['a line without a label', `${head}${line}\nsaved by hand`, ['(behind the parameters)']],
    ['another order', `${head}Sampler: Euler a, Size: 512x768, Seed: 3, Steps: 22, CFG scale: 6`, []],
    [
      'another order before a template with the same keys',
      `${head}Sampler: Euler a, Size: 512x768, Seed: 3, Steps: 22, CFG scale: 6\nTemplate: b, Sampler: c, Size: 8x8, Seed: 4, Steps: 9, CFG scale: 1`,
      ['Template'],
    ],
    [
      'a first key that nobody knows',
      `${head}Mood: calm, Sampler: Euler a, Size: 512x768, Seed: 3, Steps: 22, CFG scale: 6`,
      ['Mood'],
    ],
    [
      'wrapped behind commas',
      `${head}Sampler: Euler a,\nSteps: 22, CFG scale: 6,\nSeed: 3, Size: 512x768`,
      [],
    ],
    [
      'wrapped between commas',
      `${head}Steps: 22, Sampler: Euler a\nCFG scale: 6, Seed: 3\nSize: 512x768`,
      [],
    ],
    ['wrapped within a key', `${head}Steps: 22, Sampler: Euler a, Seed: 3, Size: 512x768, CFG\nscale: 6`, []],
    [
      'a value of several lines',
      `${head}Steps: 22, Note: one\ntwo, three\nfour, Sampler: Euler a, CFG scale: 6, Seed: 3, Size: 512x768`,
      ['Note', 'three\nfour'],
    ],
    [
      'a quote of several lines',
      `${head}Steps: 22, CFG scale: 6, Seed: 3, Size: 512x768, Sampler: Euler a, Note: "one\ntwo\nthree"`,
      ['Note'],
    ],
    ['a byte order mark and Windows', `\uFEFF${head}${line}`.replaceAll('\n', '\r\n'), []],
    ['all on one line', `${head.replaceAll('\n', ' ')}${line}`, []],
    [
      'all on one line, in another order',
      `${head.replaceAll('\n', ' ')}Seed: 3, Steps: 22, Sampler: Euler a, CFG scale: 6, Size: 512x768`,
      [],
    ],
    ['line breaks that became commas', `${head}${line}`.replaceAll('\n', ', '), []],
    ['line breaks that became tabs', `${head}${line}`.replaceAll('\n', '\t'), []],
    ['line breaks that became nothing', `${head}${line}`.replaceAll('\n', ''), []],
    ['line breaks as JSON writes them', `${head}${line}`.replaceAll('\n', '\\n'), []],
    ['line breaks as HTML writes them', `${head}${line}`.replaceAll('\n', '<br>'), []],
    ['all of it in quotes', JSON.stringify(`${head}${line}`), []],
    ['all of it between quotes', `"${head}${line}"`, []],
    ['a zero behind them', `${head}${line}\0`, []],
    ['a fence around it', `\`\`\`\n${head}${line}\n\`\`\``, []],
    ['a size with a capital between its sides', `${head}${line}`.replace('512x', '512X'), []],
    ['a switch that is off', `${head}${line}, never_oom_enabled: False`, []],
    ['a label with a space that does not break', `${head}${line}`.replace('ive p', 'ive\u00A0p'), []],
    [
      'an empty line between them',
      `${head}Steps: 22, Sampler: Euler a\n\nCFG scale: 6, Seed: 3, Size: 512x768`,
      [],
    ],
    [
      'an empty line before words with a few known keys',
      `${head}${line}\n\nMood: calm, Seed: 4, Steps: 5`,
      ['Mood'],
    ],
    [
      'a quote that spans them',
      `${head}Steps: 22, Note: "half, Sampler: Euler a, CFG scale: 6, Seed: 3, Size: 512x768, Version: v1.4.0", x`,
      ['Note', 'x'],
    ],
    [
      'JSON within JSON',
      `${head}${line}, Tiles: {"on": [1, {"Steps": "9, Model: wrong"}], "x": 2}`,
      ['Tiles'],
    ],
    ['a string in brackets that does not close', `${head}${line}, Tiles: {"on`, ['Tiles']],
    ['brackets that do not close', `${head}${line}, Tiles: {"on": [1`, ['Tiles']],
  ])('%s', (_what, text, lost) => {
    const run = onlyRun(text);
    expect(run.config).toMatchObject({ ...said, sampler_name: 'Euler a', width: 512 });
    expect(lossy(run)).toEqual(lost);
    expect(stagesOf(run)).toBe('txt2img');
  });

  test('keys before the label of the negative prompt are words of the prompt', () => {
    expect(
      onlyRun(`a Model: tall, Steps: 5 ${head.slice(head.indexOf('Neg')).trim()} ${line}`).config,
    ).toMatchObject({
      prompt: 'a Model: tall, Steps: 5',
      negative_prompt: 'blurry',
      steps: 22,
    });
  });

  test('without a negative prompt, a prompt may still have its label within a line', () => {
    expect(onlyRun(`a pier Negative prompt: blurry\n${line}`).config).toMatchObject({
      prompt: 'a pier',
      negative_prompt: 'blurry',
    });
  });

  test.each([
    ['a prompt with brackets', '[[a]] pier, x: y'],
    ['words with a few known keys', 'a pier Steps: 3, and words, more words, and more, Seed: of a lemon'],
    ['braces that are no JSON', '{a|b} pier'],
  ])('%s alone is refused', (_what, text) => {
    expect(() => onlyRun(text)).toThrow(expect.objectContaining({ name: 'UnreadableInputError' }));
  });
});

describe('the Extras tab', () => {
  test('of 2022 behind the parameters is an upscale', () => {
    const run = onlyRun(`${head}${line}\n\nUpscale: 2, visibility: 1.0, model:ESRGAN_4x`);
    expect(stagesOf(run)).toBe('txt2img>upscale');
    expect(run.config.upscale).toMatchObject({ upscale_factor: 2, upscaler: 'ESRGAN_4x' });
    expect(run.config.model).toBeNull();
  });

  test('of 2022 mends faces on a line of its own, and alone', () => {
    const enlarged = 'Upscale: 4, visibility: 1.0, model:ESRGAN_4x\n\n';
    const run = onlyRun(`${head}${line}\n\n${enlarged}GFPGAN visibility:0.5`);
    const { upscale_factor, upscaler, gfpgan_visibility } = run.config.upscale;
    expect([upscale_factor, upscaler, gfpgan_visibility]).toEqual([4, 'ESRGAN_4x', 0.5]);
    expect(lossy(run)).toEqual(['visibility']);
    const alone = onlyRun(`${head}${line}\n\nGFPGAN visibility:0.5`);
    expect(alone.config.upscale).toMatchObject({ upscale_factor: 1, gfpgan_visibility: 0.5 });
    expect(noted(alone, 'converted')).toEqual(['GFPGAN visibility']);
  });

  test('may do other things before it enlarges', () => {
    const run = onlyRun(
      png(
        internationalTextChunk('parameters', `${head}${line}`),
        internationalTextChunk('postprocessing', 'Rembg: u2net, Postprocess upscale by: 3'),
      ),
    );
    expect([run.config.upscale.upscale_factor, lossy(run)]).toEqual([3, ['postprocessing.Rembg']]);
  });

  test('enlarges to a size as well', () => {
    const run = onlyRun(`${head}${line}, Postprocess upscale to: 1025x1536, Postprocess upscaler: Lanczos`);
    expect(run.config.upscale.resize_to).toEqual({ width: 1024, height: 1536 });
    expect(() => onlyRun(`${head}${line}, Postprocess upscale to: large`)).toThrow('resize_to');
  });
});

describe('the stage by its marks:', () => {
  const leak =
    'ADetailer model: face.pt, ADetailer denoising strength: 0.4, Mask blur: 4, Inpaint area: Only masked';
  test.each([
    ['a mask', 'Denoising strength: 0.5, Mask blur: 6, Masked content: latent noise', 'img2img'],
    ['a mask without a strength', 'Mask blur: 6', 'img2img'],
    ['a script of the img2img tab', 'Denoising strength: 0.5, Script: Loopback', 'img2img'],
    ['Ultimate SD upscale', 'Denoising strength: 0.5, Ultimate SD upscale upscaler: x', 'img2img'],
    ['the mask weight that a checkpoint for inpainting has', 'Conditional mask weight: 1.0', 'txt2img'],
    ['a lone strength since 1.6', 'Denoising strength: 0.5, Version: v1.6.0', 'img2img'],
    ['a lone strength of 0 since 1.7', 'Denoising strength: 0, Version: v1.7.0', 'img2img'],
    ['a lone strength of 0 before', 'Denoising strength: 0, Version: v1.6.0', 'txt2img'],
    ['a lone strength before 1.6', 'Denoising strength: 0.5, Version: v1.5.2', 'txt2img'],
    ['a strength of hires', 'Denoising strength: 0.5, Hires upscale: 2', 'txt2img'],
    ['marks of both', 'Denoising strength: 0.5, Hires upscale: 2, Init image size: 8x8', 'txt2img'],
    [
      'keys that ADetailer leaks',
      `Denoising strength: 0.4, ${leak}, ADetailer version: 24.3.5, Version: v1.8.0`,
      'txt2img>adetailer',
    ],
    ['keys that ADetailer may leak', `Denoising strength: 0.4, ${leak}`, 'txt2img>adetailer'],
    ['leaked keys without a strength', leak, 'txt2img>adetailer'],
    ['leaked keys beside hires', `Denoising strength: 0.4, Hires upscale: 2, ${leak}`, 'txt2img>adetailer'],
    ['another strength than that of ADetailer', `Denoising strength: 0.7, ${leak}`, 'img2img>adetailer'],
    [
      'an ADetailer that leaks no more',
      `Denoising strength: 0.4, ${leak}, ADetailer version: 24.4.0`,
      'img2img>adetailer',
    ],
    [
      'an ADetailer of later years',
      `Denoising strength: 0.4, ${leak}, ADetailer version: 25.3.0`,
      'img2img>adetailer',
    ],
    [
      'a WebUI that it does not leak in',
      `Denoising strength: 0.4, ${leak}, Version: v1.7.0`,
      'img2img>adetailer',
    ],
  ])('%s', (_what, keys, stages) => {
    expect(stagesOf(onlyRun(`${head}${line}, ${keys}`))).toBe(stages);
  });

  test('where it stays open, the note gives both readings', () => {
    const { notes } = onlyRun(`${head}${line}, Denoising strength: 0.5`);
    const note = notes.find(({ code }) => code === 'ambiguous');
    expect(note?.message).toContain('either a txt2img, which is taken, or an img2img at 0.5');
    const leaked = onlyRun(`${head}${line}, Denoising strength: 0.4, ${leak}`);
    expect(noted(leaked, 'ambiguous')).toEqual(['Denoising strength']);
  });

  test('a mask is kept without its picture, and says so', () => {
    const run = onlyRun(
      `${head}${line}, Denoising strength: 0.5, Mask blur: 6, Masked content: latent noise, Inpaint area: Whole picture, Mask mode: Inpaint not masked, Masked area padding: 16`,
    );
    expect(run.config.img2img.mask).toEqual({
      image: null,
      blur: 6,
      fill: 'latent_noise',
      only_masked: false,
      padding: 16,
      invert: true,
    });
    expect(lossy(run)).toEqual([
      'Mask blur',
      'Masked content',
      'Inpaint area',
      'Mask mode',
      'Masked area padding',
    ]);
    expect(() => onlyRun(`${head}${line}, Denoising strength: 0.5, Inpaint area: Somewhere`)).toThrow(
      'only_masked',
    );
  });

  test('a refiner works in the hires pass unless the text says otherwise', () => {
    const pass = (keys: string) =>
      onlyRun(`${head}${line}, Refiner: r, Refiner switch at: 0.8${keys}`).config.refiner_pass;
    expect([pass(''), pass(', Hires upscale: 2')]).toEqual(['first', 'second']);
    expect(pass(', Hires upscale: 2, Hires refiner: both passes')).toBe('both');
  });

  test('a refiner of an img2img is left off, and noted', () => {
    const run = onlyRun(
      `${head}${line}, Denoising strength: 0.5, Mask blur: 4, Refiner: r, Refiner switch at: 0.8`,
    );
    expect(run.config.refiner_enabled).toBe(false);
    expect(lossy(run)).toContain('Refiner');
  });
});

describe('sizes', () => {
  const sizes = (keys: string) => onlyRun(`${head}Steps: 22, Sampler: Euler a, CFG scale: 6, ${keys}`);

  test('First pass size 0x0 lets the WebUI of 2022 choose', () => {
    const { config } = sizes('Size: 1024x1024, First pass size: 0x0, Denoising strength: 0.5');
    expect(config).toMatchObject({ width: 512, height: 512, hires_upscale_factor: 2, hires_denoise: 0.5 });
    expect(sizes('First pass size: 512x768').config).toMatchObject({ width: 512, height: 768 });
    expect(noted(sizes('First pass size: 0x0'), 'not_set')).toEqual(['First pass size']);
  });

  test('a size to go to counts before a factor', () => {
    const run = sizes('Size: 512x512, Hires upscale: 1, Hires resize: 1024x1024, Hires size: 1024x1024');
    expect(run.config.hires_upscale_factor).toBe(2);
    expect(noted(run, 'ignored')).toEqual(['Hires upscale']);
  });

  test.each([
    ['no Size', 'Hires resize: 1024x1024'],
    ['no sides', 'Size: 512x512, Hires resize: large'],
  ])('a size to go to next to %s is lost', (_what, keys) => {
    expect(lossy(sizes(keys))).toContain('Hires resize');
  });
});

describe('values', () => {
  test.each([
    ['Euler A SGMUniform', 'Euler a', 'SGM Uniform'],
    ['euler_ancestral_karras', 'Euler a', 'Karras'],
    ['dpmpp_2m_sde_gpu', 'DPM++ 2M SDE', 'Automatic'],
    ['DPM++ 2M AYS', 'DPM++ 2M', 'Align Your Steps'],
    ['Mystery_karras', 'Mystery', 'Karras'],
    ['Mysterykarras', 'Mysterykarras', 'Automatic'],
    ['Karras', 'Karras', 'Automatic'],
    ['s', 's', 'Automatic'],
    ['Undefined', 'DPM++ 2M', 'Automatic'],
  ])('sampler %s is %s and %s', (name, sampler_name, scheduler) => {
    const { config } = onlyRun(`${head}Steps: 22, Sampler: ${name}, CFG scale: 6, Size: 64x64`);
    expect(config).toMatchObject({ sampler_name, scheduler });
  });

  test('a seed over 53 bits, and a hires pass at 0, are noted instead of refused', () => {
    const run = onlyRun(
      `${head}Steps: 22, Seed: 18446744073709551615, Hires upscale: 2, Hires strength: 0, VAE: Default (model)`,
    );
    expect(run.config).toMatchObject({ seed: -1, vae: null, hires_enabled: true });
    expect(lossy(run)).toEqual(['Seed', 'Hires strength']);
  });

  test('a schedule of the hires pass may be Automatic, and its sampler may have one in its name', () => {
    const hires = (keys: string) =>
      onlyRun(`${head}${line}, Schedule type: Karras, Hires upscale: 2, ${keys}`).config;
    expect(hires('Hires schedule type: Automatic').hires_scheduler).toBe('Automatic');
    expect(hires('Hires sampler: DPM++ 2M Karras')).toMatchObject({
      hires_sampler_name: 'DPM++ 2M',
      hires_scheduler: 'Karras',
    });
  });

  test('a hires pass without an upscaler enlarges by Lanczos, and says so', () => {
    const run = onlyRun(`${head}${line}, Hires upscale: 1.5, Hires upscaler: None`);
    expect(run.config.hires_upscaler_name).toBe('Lanczos');
    expect(noted(run, 'not_set')).toEqual(['Hires upscaler']);
  });

  test('the first ADetailer wrote its confidence as a percentage, and a checkpoint has a hash behind it', () => {
    const { config } = onlyRun(
      `${head}${line}, ADetailer model: a.pt, ADetailer conf: 35, ADetailer checkpoint: b [0123456789]`,
    );
    expect(config.adetailer).toMatchObject([{ confidence: 0.35, checkpoint: 'b' }]);
    expect(() => onlyRun(`${head}${line}, ADetailer model: a.pt, ADetailer confidence: 1.5`)).toThrow(
      'at most 1, but is 1.5',
    );
  });

  test.each(['0x0', 'x', 'undefinedxundefined', 'NonexNone'])('a Size of %s is none', (size) => {
    const run = onlyRun(`${head}Steps: 22, Sampler: null, CFG scale: NaN, Size: ${size}`);
    expect(run.config).toMatchObject({ width: 512, height: 512, cfg_scale: 7, sampler_name: 'DPM++ 2M' });
    expect(noted(run, 'not_set')).toEqual(['Sampler', 'CFG scale', 'Size']);
  });

  test('what is the same as something else says nothing', () => {
    expect(noted(onlyRun(`${head}${line}, Lens: Use same lens`), 'not_set')).toEqual(['Lens']);
    const same = 'ADetailer checkpoint: Use same checkpoint, ADetailer VAE: Use same VAE';
    const detailed = onlyRun(`${head}${line}, ADetailer model: face_yolov8n.pt, ${same}`);
    expect(noted(detailed, 'not_set')).toEqual(['ADetailer checkpoint', 'ADetailer VAE']);
    expect(detailed.config.adetailer).toMatchObject([{ checkpoint: null, vae: null }]);
  });
});

describe('writers with ways of their own', () => {
  test('SD.Next without Operations is read by the keys of hires, and a strength that nothing takes is left out', () => {
    const bare = onlyRun(`${head}${line}, App: SD.Next, Hires scale: 2, Denoising strength: 0.4`);
    expect(bare.config).toMatchObject({ hires_enabled: true, hires_denoise: 0.4 });
    const idle = onlyRun(`${head}${line}, Operations: txt2img, Denoising strength: 0.4`);
    expect(noted(idle, 'ignored')).toEqual(['Denoising strength']);
    expect([idle.certainty, onlyRun(`${head}${line}, App: Other`).writer]).toEqual([
      'likely',
      'AUTOMATIC1111 WebUI',
    ]);
  });

  test('a reForge counts on from the first Forge, whether or not it says "v2"', () => {
    const writers = ['f1.0.0v2-v1.10.1', 'f1.2.0-v1.10.1', 'f2.0.1v1.10.1-previous'].map(
      (version) => onlyRun(`${head}${line}, Version: ${version}`).writer,
    );
    expect(writers).toEqual(['reForge', 'reForge', 'Forge']);
  });

  test('a saver of ComfyUI names itself, and writes "unknown" for nothing', () => {
    const run = onlyRun(`unknown\nNegative prompt: unknown\n${line}, Version: ComfyUI`);
    expect([run.writer, run.config.prompt, run.config.negative_prompt]).toEqual(['ComfyUI', '', '']);
  });

  test('a saver of ComfyUI lists LoRAs, which become tags of one strength', () => {
    const loras =
      'Lora_0 Model name: a.safetensors, Lora_0 Model hash: 1f, Lora_0 Strength model: 0.8, Lora_0 Strength clip: 0.8, Lora_12 Model name: b, Lora_13 Model name: c, Lora_13 Strength model: 0.5, Lora_13 Strength clip: 0.2';
    const run = onlyRun(`a pier\n${line}, ${loras}`);
    expect([run.writer, run.config.prompt]).toEqual([
      'ComfyUI',
      'a pier <lora:a:0.8> <lora:b:1> <lora:c:0.5>',
    ]);
    expect(lossy(run)).toEqual(['Lora_13 Strength clip']);
  });

  test('Draw Things without a strength generates; two lines with a hyphen are in doubt', () => {
    const things = (text: string) =>
      onlyRun(`${text}\nSteps: 8, Guidance Scale: 4, Seed: 3, Size: 512x512, Seed Mode: X`);
    expect(stagesOf(things('a pier\n-fog'))).toBe('txt2img');
    const doubtful = things('a pier\n-one\n-two');
    expect(doubtful.config).toMatchObject({ prompt: 'a pier\n-one', negative_prompt: 'two' });
    expect(noted(doubtful, 'ambiguous')).toEqual(['Negative prompt']);
    expect(things('a pier').config.negative_prompt).toBe('');
  });
});

test('two words of a prompt may be keys, and three are parameters', () => {
  expect(() => onlyRun('a menu\nSize: small, Model: ann')).toThrow('no parameters that are known');
  expect(onlyRun('a menu\nSize: 512x768, Model: ann, Seed: 3').config).toMatchObject({
    model: 'ann',
    seed: 3,
  });
});

test('what is written of the machine behind the parameters is none of them, also where they lack Steps', () => {
  const parameters = 'Sampler: Euler a, CFG scale: 7, Seed: 11, Size: 512x640';
  const machine = 'Template: a fox, Sampler: DDIM, CFG scale: 2, Seed: 99, Size: 64x64, Model: other';
  expect(onlyRun(`a fox\n${parameters}\n${machine}`).config).toMatchObject({ seed: 11, height: 640 });
});

describe('a sentence that begins with "Steps: 5" is no parameter', () => {
  test('behind the parameters: it is noted', () => {
    const run = onlyRun(`${head}${line}\nSteps: 4, then stir`);
    expect(run.config).toMatchObject(said);
    expect(lossy(run)).toEqual(['Steps']);
  });

  test('by itself: the text is refused', () => {
    expect(() => onlyRun('a recipe\nSteps: 4, then stir')).toThrow('no parameters that are known');
  });
});

describe('two infotexts in one text', () => {
  const footer = '\n\nTime taken: 4 sec.\n\nA: 1 GB, R: 2 GB, Sys: 3/4 GB\n';
  const other = 'a dyke\nSteps: 9, Sampler: DDIM, Seed: 4, Size: 640x512';
  const runsOf = (text: string) => importFile(new TextEncoder().encode(text));

  test.each([
    ['apart', '\n\n'],
    ['without a line between them', '\n'],
    ['with footers between them', footer],
    ['with a line of hyphens between them', '\n\n-----\n'],
  ])('%s are two runs, and a note says what else they may be', (_how, between) => {
    const { runs, notes } = runsOf(`${head}${line}${between}${other}`);
    expect(runs.map(({ path, ...run }) => [path, run.success && run.run.config])).toEqual([
      [[0], expect.objectContaining(said)],
      [[1], expect.objectContaining({ prompt: 'a dyke', negative_prompt: '', steps: 9, width: 640 })],
    ]);
    expect(notes.map(({ code, path }) => [code, path])).toEqual([['ambiguous', []]]);
  });

  test('one that is wrong does not keep the other from it', () => {
    const { runs } = runsOf(`${head}${line}\n\n${other.replace('Steps: 9', 'Steps: 0')}`);
    expect(runs.map(({ success }) => success)).toEqual([true, false]);
  });

  test('that are together longer than is read are refused', () => {
    expect(() => runsOf(`${line}\n${other}\n`.repeat(20_000))).toThrow('at most 1048576 are read');
  });

  test('under the same keyword twice are the one that is an infotext', () => {
    const chunks = (...texts: readonly string[]) =>
      onlyRun(png(...texts.map((text) => internationalTextChunk('parameters', text))));
    const second = chunks('a pier', `${head}${line}`);
    expect(second.notes.find(({ code }) => code === 'ambiguous')?.message).toMatch('the second is read');
    expect(noted(chunks('', `${head}${line}`), 'not_set')).toEqual(['parameters']);
  });

  test('under one keyword of an image are one run, in doubt', () => {
    const run = onlyRun(png(internationalTextChunk('parameters', `${head}${line}\n\n${other}`)));
    expect(run.config.steps).toBe(9);
    expect(lossy(run)).toEqual(['Prompt']);
  });
});

test('a prompt of the hires pass may be the word none', () => {
  const { config } = onlyRun(
    `${head}${line}, Hires upscale: 2, Hires prompt: none, Hires negative prompt: ""`,
  );
  expect([config.hires_prompt, config.hires_negative_prompt]).toEqual(['none', null]);
});

describe('SD.Next', () => {
  const sdnext = (more: string) => onlyRun(`${head}${line}, App: SD.Next, ${more}`);

  test('names up to four detectors, which have the other settings in common', () => {
    const run = sdnext('Operations: txt2img; detailer, Detailer: "face-a, hand-b", Detailer steps: 12');
    expect(run.config.adetailer).toMatchObject([
      { model: 'face-a', steps: 12 },
      { model: 'hand-b', steps: 12 },
    ]);
    const five = sdnext('Operations: txt2img; detailer, Detailer: "a, b, c, d, e"');
    expect(five.config.adetailer).toHaveLength(4);
    expect(five.notes.map(({ message }) => message)).toContain(
      'Detailer is only kept in part: e are too many.',
    );
  });

  test('that details without naming a detector says that one is assumed', () => {
    const run = sdnext('Operations: txt2img; detailer');
    expect([stagesOf(run), lossy(run)]).toEqual(['txt2img>adetailer', ['Detailer']]);
  });

  test('with hires behind an img2img redraws what it enlarges', () => {
    const run = sdnext(
      'Operations: img2img; hires, Denoising strength: 0.5, Hires upscale: 1.5, Hires strength: 0.4',
    );
    expect(stagesOf(run)).toBe('img2img>upscale');
    expect(run.config).toMatchObject({ hires_denoise: 0.4, img2img: { denoising_strength: 0.5 } });
  });

  test('says of an operation that no run has that it is lost', () => {
    expect(lossy(sdnext('Operations: txt2img; control'))).toEqual(['Operations']);
  });
});

describe('a refiner that does not take over within the steps is off:', () => {
  test.each([
    ['0', ['Refiner switch at']],
    ['1', []],
  ])('at %s', (at, lost) => {
    const run = onlyRun(`${head}${line}, Refiner: r, Refiner switch at: ${at}`);
    expect([run.config.refiner_enabled, run.config.refiner_model_name]).toEqual([false, 'r']);
    expect(lossy(run)).toEqual(lost);
  });
});

test('a value of a pass that is off is kept, and said to have no effect', () => {
  const run = onlyRun(`${head}${line}, App: SD.Next, Operations: txt2img, Hires steps: 7`);
  expect(run.config).toMatchObject({ hires_enabled: false, hires_steps: 7 });
  expect(noted(run, 'ignored')).toContain('Hires steps');
});

test('a hash that no name stands beside is all that is known of the model', () => {
  expect(lossy(onlyRun(`${head}${line}, Model hash: 0123abcd`))).toEqual(['Model hash']);
  expect(lossy(onlyRun(`${head}${line}, Model hash: 0123abcd, Model: m`))).toEqual([]);
});

test('every line that begins with the label is of the negative prompt', () => {
  const run = onlyRun(`a pier\nNegative prompt: blurry\nNegative prompt: bad\n${line}`);
  expect(run.config.negative_prompt).toBe('blurry\nbad');
});

test('a saver of ComfyUI that draws the whole picture tells of no img2img', () => {
  const run = onlyRun(`${head}${line}, Denoising strength: 1.0, Version: ComfyUI`);
  expect([stagesOf(run), lossy(run), noted(run, 'ignored')]).toEqual([
    'txt2img',
    [],
    ['Version', 'Denoising strength'],
  ]);
});

test('masks of SD.Next count where it is an img2img', () => {
  const run = onlyRun(
    `${head}${line}, App: SD.Next, Operations: inpaint, Denoising strength: 0.5, Mask blur: 7`,
  );
  expect(run.config.img2img.mask?.blur).toBe(7);
});

test('Draw Things may call its strength what others do', () => {
  const text = 'a pier\n-blurry\nSteps: 9, Guidance Scale: 6.0, Seed Mode: Legacy, Denoising strength: 0.4';
  expect(onlyRun(text).config.img2img.denoising_strength).toBe(0.4);
  expect(onlyRun(text.replace('0.4', '1.0')).config.txt2img_enabled).toBe(true);
});

test('a text in UTF-16 is told by the mark that it begins with', () => {
  const units = Buffer.from(`\uFEFF${head}${line}`, 'utf16le');
  const other = Buffer.from(units).swap16();
  for (const bytes of [units, other]) expect(onlyRun(new Uint8Array(bytes)).config).toMatchObject(said);
});
