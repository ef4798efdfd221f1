import type { JsonValue } from '../../json.ts';
import type {
  AdetailerExecution,
  Img2imgExecution,
  StageExecution,
  Txt2imgExecution,
  UpscaleExecution,
} from '../../plan/stage-execution-plan.ts';
import type { RefusalCode } from '../refusals.ts';
import type { ComfyLink } from './comfy-prompt.ts';
import type { ComfyWarning } from './comfy-warning.ts';
import type { Graph } from './graph.ts';
import type { UpscaleModel } from './tables/upscalers.ts';

/** The files behind names that a plan has from a WebUI. */
export interface ComfyModels {
  /** The upscale models, by the label in the plan. */
  readonly upscalers?: Readonly<Record<string, UpscaleModel>>;
  /** The detectors with their folder: `{ "person.pt": "segm/person.pt" }`. */
  readonly detectors?: Readonly<Record<string, string>>;
  /** The LoRAs by the names in prompts. Without a row, the name and ".safetensors". */
  readonly loras?: Readonly<Record<string, string>>;
}

/** What a handler works with. */
export interface ComfyContext {
  readonly graph: Graph;
  readonly models: ComfyModels;
  /** The image that the stage takes, or null where it takes none. */
  readonly image: ComfyLink | null;
  /** Whether hires fix works in the stage: the redraw of an upscale runs all of its steps then. */
  readonly byHires: boolean;
  /** The seed of the first image that is made or taken. One that is random is refused where it is asked for. */
  readonly seed: () => number;
  /** Notes what ComfyUI cannot do. The graph is thrown away then. */
  readonly refuse: (code: RefusalCode, field: string, value: JsonValue) => void;
  readonly warn: (code: ComfyWarning['code'], field: string, value: JsonValue) => void;
}

/** Adds the nodes of one stage, and gives the output that has its images. */
export type ComfyHandler<Stage = StageExecution> = (stage: Stage, context: ComfyContext) => ComfyLink;

/** The handlers of the stages that every plan can have. */
export interface ComfyHandlers {
  readonly txt2img: ComfyHandler<Txt2imgExecution>;
  readonly img2img: ComfyHandler<Img2imgExecution>;
  readonly upscale: ComfyHandler<UpscaleExecution>;
  readonly adetailer: ComfyHandler<AdetailerExecution>;
}
