import type { WebuiTargetName } from '../compile/webui/index.ts';

/** A backend that plans are compiled for. */
export type CompileTarget = WebuiTargetName | 'comfyui';

/** The backends, for flags: nothing of a compiler is loaded for them. */
export const compileTargets = [
  'a1111',
  'reforge',
  'forge',
  'sdnext',
  'comfyui',
] as const satisfies readonly CompileTarget[];
