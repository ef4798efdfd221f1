import { isPlainObject, type JsonObject, type JsonValue } from '../../json.ts';
import { type FieldTable, isOfType } from '../fields.ts';
import { fieldsOf } from './tables/webui-table.ts';
import type { WebuiContext } from './target.ts';
import type { WebuiDraft } from './webui-request.ts';

const place = 'backend_options.webui';

/** A request with what backend options add to it. What is no field of its server, or is planned, is refused. */
export function withBackendFields(draft: WebuiDraft, added: JsonObject, context: WebuiContext): WebuiDraft {
  const { override_settings, alwayson_scripts, ...others } = added;
  const { options } = context.table;
  const fields = fieldsOf(context.table, draft.path);
  refuseUnknown(others, fields, place, context);
  refuseVariedBatch(others, draft, context);
  const body: Record<string, JsonValue> = { ...others, ...draft.body };
  if (override_settings !== undefined)
    body.override_settings = merged(draft, 'override_settings', override_settings, options, context);
  if (alwayson_scripts !== undefined)
    body.alwayson_scripts = merged(draft, 'alwayson_scripts', alwayson_scripts, anyScript, context);
  return { ...draft, body };
}

/** Source: `process_images_inner` of the WebUI, and `process_init` of SD.Next: a variation counts its own seed on, and not the seed. */
function refuseVariedBatch(
  { subseed_strength: strength = 0 }: JsonObject,
  { body: { batch_size, n_iter } }: WebuiDraft,
  { refuse }: WebuiContext,
): void {
  if (strength !== 0 && (Number(batch_size) > 1 || Number(n_iter) > 1))
    refuse('varied_batch', `${place}.subseed_strength`, strength);
}

/** Any script may run beside a request, but for the one that a stage of its own is for. */
const anyScript = null;

function merged(
  { body, path }: WebuiDraft,
  key: 'override_settings' | 'alwayson_scripts',
  added: JsonValue,
  table: FieldTable | null,
  context: WebuiContext,
): JsonObject {
  const field = `${place}.${key}`;
  const { planned, free } = fieldsOf(context.table, path);
  const own = body[key];
  if (!Object.hasOwn(planned, key) && !Object.hasOwn(free, key)) {
    context.refuse('unknown_option', field, added);
    return {};
  }
  if (!isPlainObject(added)) {
    context.refuse('wrong_option', field, added);
    return {};
  }
  if (table === null) refuseDetector(added as JsonObject, field, context);
  else refuseUnknown(added as JsonObject, table, field, context);
  return { ...(added as JsonObject), ...(isPlainObject(own) ? (own as JsonObject) : {}) };
}

function refuseDetector(scripts: JsonObject, field: string, { refuse }: WebuiContext): void {
  for (const [title, script] of Object.entries(scripts))
    if (/^(adetailer|after detailer)$/i.test(title)) refuse('planned_option', `${field}.${title}`, script);
}

function refuseUnknown(
  added: JsonObject,
  { planned, free }: FieldTable,
  within: string,
  { refuse }: WebuiContext,
): void {
  for (const [key, value] of Object.entries(added)) {
    const field = `${within}.${key}`;
    const type = Object.hasOwn(free, key) ? free[key] : undefined;
    if (Object.hasOwn(planned, key)) refuse('planned_option', field, value);
    else if (type === undefined) refuse('unknown_option', field, value);
    else if (!isOfType(value, type)) refuse('wrong_option', field, value);
  }
}
