export {
  type Availability,
  checkAvailability,
  type MissingThing,
  sayMissing,
} from '../availability/check-availability.ts';
export type { Inventory, ThingKind } from '../availability/inventory.ts';
export {
  readWebuiInventory,
  type WebuiAnswers,
  webuiInventoryPaths,
} from '../availability/webui-inventory.ts';
export { type CompileRefusal, type RefusalCode, sayRefusal } from '../refusals.ts';
export { UncompilablePlanError } from '../uncompilable-plan-error.ts';
export { checkWebuiResponse, type WebuiProblem, webuiImages } from './check-webui-response.ts';
export type { WebuiCheck } from './checks.ts';
export { MissingImageError } from './missing-image-error.ts';
export type { WebuiContext, WebuiHandler } from './target.ts';
export type { WebuiTargetName } from './targets.ts';
export { toWebuiRequests, type WebuiOptions } from './to-webui-requests.ts';
export type { ImageFrom, WebuiDraft, WebuiRequest } from './webui-request.ts';
export { sayWebuiWarning, type WebuiWarning } from './webui-warning.ts';
export { type WebuiImages, withImages } from './with-images.ts';
