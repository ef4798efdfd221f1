import { expect, test } from 'vitest';
import { runConfigJsonSchema, stagePlanJsonSchema } from '../../src/planner/json-schemas.ts';

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
