import type { JsonValue } from '../../json.ts';
import type {
  AdetailerExecution,
  Img2imgExecution,
  StageExecution,
  Txt2imgExecution,
  UpscaleExecution,
} from '../../plan/stage-execution-plan.ts';
import type { RefusalCode } from '../refusals.ts';
import type { WebuiTable } from './tables/webui-table.ts';
import type { WebuiDraft } from './webui-request.ts';

/** What a handler knows beside its stage. */
export interface WebuiContext {
  readonly table: WebuiTable;
  readonly server: WebuiServer;
  /** Whether hires fix works in the stage: the redraw of an upscale runs all of its steps then. */
  readonly byHires: boolean;
  /** The seed of the image that is made or taken. */
  readonly seed: number;
  /** The checkpoint that the requests before left loaded, or null where nobody knows. */
  readonly loaded: string | null;
  /** What the server calls a detector, by the plan's name. */
  readonly detectors: Readonly<Record<string, string>>;
  /** Notes what the server cannot do. Whatever the handler gives is thrown away then. */
  readonly refuse: (code: RefusalCode, field: string, value: JsonValue) => void;
}

/** The requests that one stage becomes. */
export type WebuiHandler<Stage = StageExecution> = (
  stage: Stage,
  context: WebuiContext,
) => readonly WebuiDraft[];

/** The handlers of the stages that every plan can have. */
export interface WebuiHandlers {
  readonly txt2img: WebuiHandler<Txt2imgExecution>;
  readonly img2img: WebuiHandler<Img2imgExecution>;
  readonly upscale: WebuiHandler<UpscaleExecution>;
  readonly adetailer: WebuiHandler<AdetailerExecution>;
}

/** What tells one server from another whose requests are alike. */
export interface WebuiServer {
  /** Samplers that the server has, by our label; one that has no row here and is known elsewhere is refused. */
  readonly samplers: ReadonlyMap<string, string>;
  readonly schedulers: ReadonlyMap<string, string>;
  /** Samplers whose schedule is their own: the server passes over a stated one in silence. */
  readonly ownSchedule: ReadonlySet<string>;
  /** Which guidance a second pass can have of its own: none, any, or any but 0, which means that of the first pass. */
  readonly hiresCfg: 'none' | 'any' | 'over 0';
  /** What sets the VAE. */
  readonly vaeOption: 'sd_vae' | 'forge_additional_modules';
}

/** A server that plans are compiled for. */
export interface WebuiTarget {
  readonly table: WebuiTable;
  readonly server: WebuiServer;
  readonly handlers: WebuiHandlers;
}
