import { png } from '../compile/webui/images.ts';
import type { Reply } from './listen.ts';

/** What a WebUI has, and what it passes over in silence. */
export interface StandInWebui {
  readonly checkpoints?: readonly string[];
  readonly samplers?: readonly string[];
  /** The fields that its ADetailer knows: a tab with any other is skipped. */
  readonly tabFields?: readonly string[];
  /** The pass that its refiner works in, whatever the option says. */
  readonly refinerPass?: 'second pass' | 'both passes';
  /** Whether it knows a refiner, and hires fix. */
  readonly refiner?: boolean;
  readonly hires?: boolean;
  /** Whether the upscaler enlarges: "None" gives the picture back as it came. */
  readonly upscales?: boolean;
  /** How many of the images it hands back. */
  readonly most?: number;
}

export type Body = Readonly<Record<string, never>>;

const tabFields = [
  'ad_model',
  'ad_denoising_strength',
  'ad_use_inpaint_width_height',
  'ad_inpaint_width',
  'ad_inpaint_height',
];

/** What A1111's WebUI says to a request, in 200s for the most part. It makes pictures of a size and nothing else. */
export function webuiAnswer(path: string, body: Body, has: StandInWebui = {}): Reply {
  const answers: Readonly<Record<string, (body: Body, has: StandInWebui) => Reply>> = {
    '/sdapi/v1/txt2img': txt2img,
    '/sdapi/v1/img2img': img2img,
    '/sdapi/v1/extra-single-image': extras,
  };
  return answers[path]?.(body, has) ?? { status: 404, body: { detail: 'Not Found' } };
}

function txt2img(body: Body, has: StandInWebui): Reply {
  const { width = 512, height = 512, batch_size = 1, n_iter = 1, hr_scale = 2 } = body;
  const enlarges = body.enable_hr === true && has.hires !== false;
  if (enlarges && body.denoising_strength === undefined) return { status: 500, body: { error: 'TypeError' } };
  const target = (side: number, exact: number) => (exact > 0 ? exact : Math.floor((side * hr_scale) / 8) * 8);
  const size = enlarges
    ? ([target(width, body.hr_resize_x ?? 0), target(height, body.hr_resize_y ?? 0)] as const)
    : ([width, height] as const);
  const parameters = { ...refined(body, has), ...(enlarges && { 'Hires upscale': hr_scale }) };
  const count = Math.min(batch_size * n_iter, has.most ?? Number.MAX_SAFE_INTEGER);
  return {
    body: generated(
      Array.from({ length: count }, () => png(...size)),
      body,
      parameters,
      has,
    ),
  };
}

function refined(body: Body, has: StandInWebui): Record<string, string> {
  if (body.refiner_checkpoint === undefined || has.refiner === false) return {};
  const refiner = { Refiner: String(body.refiner_checkpoint) };
  if (body.enable_hr !== true) return refiner;
  const wanted = settingsOf(body).hires_fix_refiner_pass ?? 'second pass';
  const pass = has.refinerPass ?? wanted;
  return pass === 'second pass' ? refiner : { ...refiner, 'Hires refiner': String(pass) };
}

function img2img(body: Body, has: StandInWebui): Reply {
  const [image] = (body.init_images ?? []) as readonly string[];
  if (image === undefined) return { status: 404, body: { detail: 'Init image not found' } };
  const scripts = (body.alwayson_scripts ?? {}) as Record<string, { args: readonly unknown[] }>;
  const [enabled, skips, ...tabs] = scripts.ADetailer?.args ?? [];
  const known = has.tabFields ?? tabFields;
  const valid = tabs.filter((tab) => Object.keys(Object(tab)).every((field) => known.includes(field)));
  const parameters = Object.fromEntries(
    valid.map((tab, index) => [
      `ADetailer model${['', ' 2nd', ' 3rd', ' 4th'][index]}`,
      String(Reflect.get(Object(tab), 'ad_model')),
    ]),
  );
  const details = enabled === true && skips === true && valid.length > 0;
  const made = details ? image : png(body.width ?? 512, body.height ?? 512);
  return { body: generated([made], body, parameters, has) };
}

function extras(body: Body, { upscales = true }: StandInWebui): Reply {
  const image = String(body.image ?? '');
  if (!upscales || body.upscaler_1 === 'None') return { body: { html_info: '', image } };
  const bytes = Buffer.from(image, 'base64');
  const enlarged = (side: number) => Math.floor((side * (body.upscaling_resize ?? 2)) / 8) * 8;
  const size = [enlarged(bytes.readUInt32BE(16)), enlarged(bytes.readUInt32BE(20))] as const;
  return { body: { html_info: '', image: png(...size) } };
}

function generated(images: readonly string[], body: Body, parameters: object, has: StandInWebui) {
  const wanted = String(settingsOf(body).sd_model_checkpoint ?? '');
  const known = has.checkpoints ?? [wanted];
  const samplers: readonly string[] = has.samplers ?? [String(body.sampler_name)];
  const info = {
    sd_model_name: (known.includes(wanted) && wanted !== '' ? wanted : 'loaded').replace(
      /\.safetensors$/,
      '',
    ),
    sampler_name: samplers.includes(String(body.sampler_name)) ? body.sampler_name : 'DPM++ 2M',
    index_of_first_image: 0,
    extra_generation_params: parameters,
  };
  return { images, parameters: body, info: JSON.stringify(info) };
}

function settingsOf(body: Body): Readonly<Record<string, unknown>> {
  return Object(body.override_settings);
}
