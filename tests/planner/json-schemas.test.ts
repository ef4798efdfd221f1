import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { filmPlanner } from '../../examples/own-stage.ts';
import { buildStagePlan, StageConfig } from '../../src/index.ts';
import { isPlainObject } from '../../src/json.ts';
import { runConfigJsonSchema, stagePlanJsonSchema } from '../../src/planner/json-schemas.ts';
import { everything } from '../fixtures.ts';

const written = (schema: object) => `${JSON.stringify(schema, null, 2)}\n`;

test('schemas/run-config.schema.json is that of the RunConfig', async () => {
  await expect(written(runConfigJsonSchema())).toMatchFileSnapshot('../../schemas/run-config.schema.json');
});

test('schemas/stage-execution-plan.schema.json is that of the plan', async () => {
  await expect(written(stagePlanJsonSchema())).toMatchFileSnapshot(
    '../../schemas/stage-execution-plan.schema.json',
  );
});

test('the RunConfig schema knows every field, refuses unknown ones, and requires none', () => {
  const schema = runConfigJsonSchema();
  expect(schema).toMatchObject({
    additionalProperties: false,
    properties: { metadata: { type: 'object' }, steps: { minimum: 1, maximum: 150, default: 20 } },
  });
  expect(schema.required).toBeUndefined();
});

/** The fields of a JSON Schema that have no description, at every depth and in every branch. */
function undescribed(schema: unknown, path = ''): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((branch) => undescribed(branch, path));
  if (!isPlainObject(schema)) return [];
  const { properties, items, anyOf, oneOf, additionalProperties } = schema;
  const fields = isPlainObject(properties) ? Object.entries(properties) : [];
  return [
    ...fields.flatMap(([name, field]) => [
      ...(isPlainObject(field) && field.description ? [] : [`${path}.${name}`]),
      ...undescribed(field, `${path}.${name}`),
    ]),
    ...[items, anyOf, oneOf, additionalProperties].flatMap((inner) => undescribed(inner, path)),
  ];
}

const schemas = [runConfigJsonSchema(), stagePlanJsonSchema()] as const;

test.each(schemas)('$title has a description of every field, in every branch', (schema) => {
  expect(undescribed(schema)).toEqual([]);
});

test.each(schemas)("$title has the name of its file as $id, and claims nobody's address", ({ $id }) => {
  expect(existsSync(`schemas/${$id}`)).toBe(true);
});

test("the schemas of a planner with stages of one's own do not have the id of the shipped ones", () => {
  expect(filmPlanner.runConfigJsonSchema().$id).toBeUndefined();
  expect(filmPlanner.stagePlanJsonSchema().$id).toBeUndefined();
});

test('StageConfig takes the settings of every stage of a plan, and those of no other kind', () => {
  for (const { stage_config } of buildStagePlan(everything).stages) {
    expect(StageConfig.parse(stage_config)).toEqual(stage_config);
    expect(StageConfig.safeParse({ ...stage_config, stage_type: 'film' }).success).toBe(false);
  }
});
