import { civitaiJson } from './civitai.ts';
import { comfyui } from './comfyui.ts';
import { drawThingsJson } from './draw-things.ts';
import { easyDiffusion } from './easy-diffusion.ts';
import { fooocusJson } from './fooocus.ts';
import { huggingFaceSpace } from './hugging-face-space.ts';
import { findElsewhere, findInfotext } from './infotext.ts';
import { invokeai } from './invokeai.ts';
import { invokeai2 } from './invokeai-2.ts';
import { novelai } from './novelai.ts';
import type { Found, Reader, Source } from './reader.ts';
import { ruinedFooocus } from './ruined-fooocus.ts';
import { swarmui } from './swarmui.ts';
import { tensorArt } from './tensor-art.ts';
import { findWithin } from './texts-within.ts';
import { webuiAnswer } from './webui-answer.ts';
import { webuiExtras } from './webui-extras.ts';
import { webuiRequest } from './webui-request.ts';

/** The readers of JSON, the most telling first. */
export const jsonReaders: readonly Reader[] = [
  webuiAnswer,
  swarmui,
  invokeai,
  invokeai2,
  ruinedFooocus,
  fooocusJson,
  novelai,
  drawThingsJson,
  easyDiffusion,
  huggingFaceSpace,
  tensorArt,
  civitaiJson,
  webuiRequest,
  webuiExtras,
];

/** Tells who wrote a source, and how to read it. undefined: no reader knows it. */
export function detect(source: Source): Found | undefined {
  return findIn(source) ?? findWithin(source, findIn);
}

function findIn(source: Source): Found | undefined {
  for (const { find } of jsonReaders) {
    const found = find(source);
    if (found !== undefined) return found;
  }
  return findInfotext(source) ?? comfyui.find(source) ?? findElsewhere(source);
}
