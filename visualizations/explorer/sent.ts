import { sayComfyWarning } from '../../src/compile/comfyui/comfy-warning.ts';
import { toComfyPrompt } from '../../src/compile/comfyui/to-comfy-prompt.ts';
import { sayRefusal } from '../../src/compile/refusals.ts';
import { UncompilablePlanError } from '../../src/compile/uncompilable-plan-error.ts';
import { toWebuiRequests } from '../../src/compile/webui/to-webui-requests.ts';
import type { WebuiRequest } from '../../src/compile/webui/webui-request.ts';
import { sayWebuiWarning } from '../../src/compile/webui/webui-warning.ts';
import type { StageExecutionPlan } from '../../src/index.ts';
import { type BackendName, backends } from './backends.ts';

/** One thing that a backend is sent for a stage: a request, or the nodes of a graph. */
export interface Piece {
  readonly title: string;
  readonly about: string;
  /** JSON. */
  readonly text: string;
}

/** What becomes of one stage for a backend. */
export interface SentStage {
  readonly pieces: readonly Piece[];
  /** What the backend does in another way. */
  readonly warnings: readonly string[];
  /** Why the plan is refused. One stage that is, and nothing is sent for any. */
  readonly refusals: readonly string[];
}

/** What a plan becomes for a backend, and of each of its stages. */
export interface Sent {
  readonly refused: boolean;
  readonly of: (stageId: string) => SentStage;
}

/** Compiles a plan as `stageplan compile` does, without names that a caller would add. Pure. */
export function sentFor(plan: StageExecutionPlan, backend: BackendName): Sent {
  try {
    return backend === 'comfyui' ? graphOf(plan) : requestsOf(toWebuiRequests(plan, { target: backend }));
  } catch (error) {
    if (!(error instanceof UncompilablePlanError)) throw error;
    return refusedFor(error, backends[backend]);
  }
}

function requestsOf(requests: readonly WebuiRequest[]): Sent {
  return {
    refused: false,
    of: (stageId) => ({
      pieces: requests.filter(({ stage_id }) => stage_id === stageId).map(requestPiece),
      warnings: requests
        .filter(({ stage_id }) => stage_id === stageId)
        .flatMap(({ warnings }) => warnings)
        .map(sayWebuiWarning),
      refusals: [],
    }),
  };
}

function requestPiece({ id, method, path, body, image_from, image_field, checks }: WebuiRequest): Piece {
  const from = image_from?.source === 'request' ? image_from.id : (image_from?.image ?? 'an existing image');
  const takes = image_field === null ? [] : [`${image_field} from ${from}`];
  const looks = `looks for ${[...new Set(checks.map(({ code }) => code))].join(', ')}`;
  return {
    title: `${method} ${path}`,
    about: [id, ...takes, looks].join(' · '),
    text: JSON.stringify(body, null, 2),
  };
}

function graphOf(plan: StageExecutionPlan): Sent {
  const { prompt, warnings } = toComfyPrompt(plan);
  const ids = Object.keys(prompt);
  return {
    refused: false,
    of: (stageId) => {
      const own = new Set(ids.filter((id) => id.startsWith(`${stageId}-`)));
      // Loaders are shared: those that a stage reads stand with its own nodes. A set that grows is walked to its end.
      for (const id of own)
        for (const link of Object.values(prompt[id]?.inputs ?? {}))
          if (Array.isArray(link) && !/^\d/.test(String(link[0]))) own.add(String(link[0]));
      const nodes = ids.filter((id) => own.has(id));
      return {
        pieces: [
          {
            title: 'POST /prompt',
            about: `${nodes.length} of ${ids.length} nodes`,
            text: JSON.stringify(Object.fromEntries(nodes.map((id) => [id, prompt[id]])), null, 2),
          },
        ],
        warnings: warnings.filter(({ stage_id }) => stage_id === stageId).map(sayComfyWarning),
        refusals: [],
      };
    },
  };
}

function refusedFor({ refusals }: UncompilablePlanError, backend: string): Sent {
  return {
    refused: true,
    of: (stageId) => ({
      pieces: [],
      warnings: [],
      refusals: refusals
        .filter(({ stage_id }) => stage_id === stageId)
        .map((refusal) => sayRefusal(refusal, backend)),
    }),
  };
}
