export {
  type Availability,
  checkAvailability,
  type MissingThing,
  sayMissing,
} from '../availability/check-availability.ts';
export { readComfyInventory } from '../availability/comfy-inventory.ts';
export type { Inventory, ThingKind } from '../availability/inventory.ts';
export { type CompileRefusal, type RefusalCode, sayRefusal } from '../refusals.ts';
export { UncompilablePlanError } from '../uncompilable-plan-error.ts';
export type { ComfyLink, ComfyNode, ComfyPrompt } from './comfy-prompt.ts';
export { type ComfyWarning, sayComfyWarning } from './comfy-warning.ts';
export type { ComfyContext, ComfyHandler, ComfyModels } from './context.ts';
export { type ComfyGraphBindings, type FilledGraph, fillComfyGraph } from './fill-comfy-graph.ts';
export type { ObjectInfo } from './object-info.ts';
export type { UpscaleModel } from './tables/upscalers.ts';
export { type ComfyOptions, type CompiledPrompt, toComfyPrompt } from './to-comfy-prompt.ts';
export { type ComfyProblem, validateComfyPrompt } from './validate-comfy-prompt.ts';
