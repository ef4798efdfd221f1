// Types that use this must read without fast-check, too.
/** @ts-expect-error */
import type fastCheck from 'fast-check';
/** @ts-expect-error */
import type { Arbitrary } from 'fast-check';
import * as z from 'zod';
import type { RunConfigInput } from '../config/run-config.ts';
import { runConfigJsonSchema } from '../planner/json-schemas.ts';

/** The part of JSON Schema that the schemas of a RunConfig use. */
const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  get anyOf() {
    return z.array(Schema).optional();
  },
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
  required: z.array(z.string()).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().optional(),
});
type Schema = z.output<typeof Schema>;

/**
 * Random RunConfigs that the schema takes, for property tests; whether they have a plan is another matter.
 *
 * `fc` is the fast-check module of the caller. They state no
 * `stage_order` and no `keep`, which depend on what is planned. With `schema`, the `runConfigJsonSchema()`
 * of a planner, stages of one's own are in them too.
 *
 * @example
 * fc.assert(fc.property(runConfigArbitrary(fc), (config) => myRunner.accepts(safeBuildStagePlan(config))));
 */
export function runConfigArbitrary(
  fc: typeof fastCheck,
  schema: object = runConfigJsonSchema(),
): Arbitrary<RunConfigInput> {
  const { properties = {}, ...rest } = Schema.parse(schema);
  const { stage_order: _order, keep: _keep, ...fields } = properties;
  return objectOf(fc, { ...rest, properties: fields }).map((config) => {
    const named = { refiner_model_name: 'sd_xl_refiner_1.0.safetensors', ...config, ...sized(config) };
    const run = named.refiner_model_name === null ? { ...named, refiner_enabled: false } : named;
    // Made after the JSON Schema of a RunConfig, which is of no use to tsc.
    return run as RunConfigInput;
  });
}

function anyOf(fc: typeof fastCheck, schema: Schema): Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((branch) => anyOf(fc, branch)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => anyOf(fc, { ...schema, type })));
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'integer':
      return integerOf(fc, schema);
    case 'number':
      return numberOf(fc, schema);
    case 'string':
      return stringOf(fc, schema);
    case 'array':
      return fc.array(anyOf(fc, schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: schema.maxItems ?? 4,
      });
    case 'object':
      return schema.properties === undefined
        ? fc.dictionary(fc.string(), fc.jsonValue())
        : objectOf(fc, schema);
    default:
      return fc.jsonValue();
  }
}

/** One side of img2img alone is refused, so that neither is stated then. */
function sized({ img2img }: Record<string, unknown>): object {
  if (typeof img2img !== 'object' || img2img === null || 'width' in img2img === 'height' in img2img)
    return {};
  return { img2img: { ...img2img, width: undefined, height: undefined } };
}

function objectOf(
  fc: typeof fastCheck,
  { properties = {}, required = [] }: Schema,
): Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(properties).map(([key, field]) => [key, anyOf(fc, field)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required], noNullPrototype: true });
}

function integerOf(fc: typeof fastCheck, { minimum, maximum, multipleOf = 1 }: Schema): Arbitrary<number> {
  const bounds = {
    min: Math.ceil((minimum ?? -1000) / multipleOf),
    max: Math.floor((maximum ?? 1000) / multipleOf),
  };
  return fc.integer(bounds).map((count) => count * multipleOf);
}

function numberOf(fc: typeof fastCheck, schema: Schema): Arbitrary<number> {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  return fc.double({
    noNaN: true,
    min: exclusiveMinimum ?? minimum ?? -1000,
    minExcluded: exclusiveMinimum !== undefined,
    max: exclusiveMaximum ?? maximum ?? 1000,
    maxExcluded: exclusiveMaximum !== undefined,
  });
}

function stringOf(fc: typeof fastCheck, { minLength = 0, pattern = '' }: Schema): Arbitrary<string> {
  return fc.string({ minLength, unit: 'binary' }).filter((text) => new RegExp(pattern).test(text));
}
