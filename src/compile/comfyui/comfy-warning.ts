import type { JsonValue } from '../../json.ts';

/** What a graph does in another way than a WebUI would. `code` is closed. */
export interface ComfyWarning {
  readonly code:
    | 'negative_lora'
    | 'open_prompt'
    | 'webui_syntax'
    | 'near_scheduler'
    | 'near_detailer'
    | 'near_mask'
    | 'other_steps';
  readonly stage_id: string;
  readonly field: string;
  readonly value: JsonValue;
}

/** Says a warning in words, which may change in any release. */
export function sayComfyWarning({ code, stage_id, field, value }: ComfyWarning): string {
  switch (code) {
    case 'negative_lora':
      return `Move the LoRA tags of ${field} into the prompt: as in WebUIs, they count for nothing in ${stage_id}.`;
    case 'open_prompt':
      return `Expand the wildcards and variants of ${field} first: ComfyUI is sent the text as it is.`;
    case 'webui_syntax':
      return `Write ${field} of ${stage_id} without ${JSON.stringify(value)}: what it means to WebUIs is words to ComfyUI.`;
    case 'near_scheduler':
      return `${field} of ${stage_id} is ${JSON.stringify(value)}, which ComfyUI computes a little differently.`;
    case 'near_mask':
      return `${stage_id} redraws under ${field} ${JSON.stringify(value)} with soft edges, where WebUIs round them to blocks.`;
    case 'other_steps':
      return `FaceDetailer runs all of the ${field} of ${stage_id}, where the plan runs ${value} of them.`;
    case 'near_detailer':
      return `${stage_id} repaints what ${JSON.stringify(value)} finds by FaceDetailer, whose masks are not those of ADetailer.`;
  }
}
