import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, expectTypeOf, test } from 'vitest';
import { buildStagePlan, type Size, type StageExecution } from '../src/index.ts';

test('the type of a stage narrows its config', () => {
  const [stage] = buildStagePlan({ txt2img_enabled: true }).stages;
  expect(stage?.stage_type).toBe('txt2img');
  if (stage?.stage_type === 'upscale') {
    expectTypeOf(stage.stage_config.upscaler).toEqualTypeOf<string>();
    expectTypeOf(stage.stage_config.resize_to).toEqualTypeOf<Size | null>();
    expectTypeOf(stage.stage_config).not.toHaveProperty('width');
  }
  if (stage?.stage_type === 'img2img') expectTypeOf(stage.stage_config.width).toEqualTypeOf<number | null>();
  if (stage?.stage_type === 'txt2img') {
    expectTypeOf(stage.stage_config.width).toEqualTypeOf<number>();
    if (stage.stage_config.hires_enabled)
      expectTypeOf(stage.stage_config.hires_denoise).toEqualTypeOf<number>();
  }
  expectTypeOf<Extract<StageExecution, { stage_type: 'adetailer' }>['stage_config']>().toHaveProperty(
    'detectors',
  );
});

/** How an editor names the types of some expressions, whole, as errors of the compiler quote them. */
function shown(expressions: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'stageplan-types-'));
  const program = [
    `import * as stageplan from ${JSON.stringify(resolve('src/index.ts'))};`,
    'declare const config: stageplan.RunConfig;',
    'declare const plan: stageplan.StageExecutionPlan;',
    'declare const stage: stageplan.StageExecution;',
    ...expressions.map((expression, index) => `export const shown${index}: 'shown' = ${expression};`),
  ];
  const tsconfig = {
    extends: resolve('tsconfig.json'),
    include: ['shown.mts'],
    compilerOptions: { noErrorTruncation: true, rootDir: '/', types: [] },
  };
  try {
    writeFileSync(join(folder, 'shown.mts'), program.join('\n'));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
    execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder, '--noEmit']);
    return [];
  } catch (error) {
    const output = String(Reflect.get(Object(error), 'stdout'));
    return [...output.matchAll(/error TS2322: Type '(.+)' is not assignable to type '"shown"'/g)].map(
      ([, type = '']) => type,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('an editor shows names, not all that stands behind them', () => {
  const expressions = [
    'config',
    'plan',
    'plan.stages',
    'plan.warnings',
    'plan.decisions',
    'stage.stage_config',
    'stageplan.buildStagePlan',
  ];
  expect(shown(expressions)).toEqual([
    'RunConfig',
    'StageExecutionPlan',
    'readonly StageExecution[]',
    'readonly PlanWarning[]',
    'readonly Decision[]',
    'AdetailerConfig | UpscaleConfig | Img2imgConfig | Txt2imgConfig',
    '(config: RunConfigInput, options?: PlanOptions) => StageExecutionPlan',
  ]);
});
