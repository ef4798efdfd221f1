import { describe, expect, test } from 'vitest';
import { filmPlanner } from '../../examples/own-stage.ts';
import {
  buildStagePlan,
  canonicalSequence,
  detailBeforeUpscale,
  diffStagePlans,
  InvalidStagePlanError,
  migrateStagePlan,
  PlanFormatError,
  type StageExecutionPlan,
  verifyStagePlan,
} from '../../src/index.ts';
import { legalPlans } from '../../src/testing/index.ts';
import { everything } from '../fixtures.ts';

describe('migrateStagePlan', () => {
  test('plans the full chain again in the other order, and says what moved', () => {
    const before = buildStagePlan(everything);
    const { plan, diff } = migrateStagePlan(before, detailBeforeUpscale);
    expect(plan).toEqual(buildStagePlan(everything, { sequence: detailBeforeUpscale }));
    expect(diff.text.split('\n')).toEqual([
      'sequence changes from "canonicalSequence" to "detailBeforeUpscale".',
      'upscale moves from position 3 to 4.',
      'upscale: input changes from "img2img" to "adetailer".',
      'adetailer moves from position 4 to 3.',
      'adetailer: input changes from "upscale" to "img2img".',
      'adetailer: input_size.width changes from 3744 to 1248.',
      'adetailer: input_size.height changes from 5472 to 1824.',
      'adetailer: output_size.width changes from 3744 to 1248.',
      'adetailer: output_size.height changes from 5472 to 1824.',
      'adetailer: keeps_image changes from true to false.',
    ]);
    expect(before.sequence.id).toBe('canonicalSequence');
  });

  test('makes of every plan what the other sequence would have built, and back', () => {
    for (const { config, plan } of legalPlans()) {
      const migrated = migrateStagePlan(plan, detailBeforeUpscale).plan;
      expect(verifyStagePlan(migrated, { sequence: detailBeforeUpscale }).valid).toBe(true);
      expect(migrated).toEqual(buildStagePlan(config, { sequence: detailBeforeUpscale }));
      expect(migrateStagePlan(migrated, canonicalSequence).plan).toEqual(plan);
      expect(verifyStagePlan(plan, { sequence: detailBeforeUpscale }).valid).toBe(false);
    }
  });

  test.each([
    ['1.0', 'it does not say at which size each stage works'],
    ['2.0-draft', 'this version of stageplan does not know what its fields mean'],
    ['3.0', 'this version of stageplan does not know what its fields mean'],
  ])(
    'says that a plan of the format "%s" does not convert, why, and what to do',
    (format_version, reason) => {
      const old = { ...buildStagePlan(everything), format_version };
      // A plan of another format is none to tsc.
      const migrate = () => migrateStagePlan(old as unknown as StageExecutionPlan, detailBeforeUpscale);
      expect(migrate).toThrow(PlanFormatError);
      expect(migrate).toThrow(
        expect.objectContaining({ name: 'PlanFormatError', format_version, reads: '2.0', converts: false }),
      );
      const said = `A plan of the format "${format_version}" does not convert to "2.0": ${reason}`;
      expect(migrate).toThrow(said);
      expect(migrate).toThrow('Build it again from its RunConfig.');
      expect(verifyStagePlan(old).problems).toMatchObject([
        { code: 'other_format', path: 'format_version', message: expect.stringContaining(said) },
      ]);
    },
  );

  test('refuses a plan with a stage that the other sequence does not have, and names it', () => {
    const film = filmPlanner.buildStagePlan({ txt2img_enabled: true, interpolate_enabled: true });
    // To tsc only a planner that knows the stage has plans of it.
    const migrate = () => migrateStagePlan(film as unknown as StageExecutionPlan, canonicalSequence);
    expect(migrate).toThrow(InvalidStagePlanError);
    expect(migrate).toThrow('Turn interpolate_enabled off: canonicalSequence has no stage interpolate');
    expect(migrate).toThrow(
      expect.objectContaining({ fixes: [], fix_count: { count: 0, at_least: false }, more: 0 }),
    );
  });

  test('keeps the order that was stated, and by which the plan was repaired', () => {
    const stage_order = ['adetailer', 'upscale', 'txt2img'] as const;
    const config = { txt2img_enabled: true, upscale_enabled: true, adetailer_enabled: true, stage_order };
    const repaired = buildStagePlan(config, { order: 'repair' });
    expect(migrateStagePlan(repaired, canonicalSequence).plan).toEqual(repaired);
    expect(migrateStagePlan(repaired, detailBeforeUpscale).plan).toEqual(
      buildStagePlan(config, { order: 'repair', sequence: detailBeforeUpscale }),
    );
  });

  test('refuses what the other sequence cannot plan under the policies', () => {
    const external = buildStagePlan({ img2img_enabled: true });
    expect(() => migrateStagePlan(external, detailBeforeUpscale, { externalInput: false })).toThrow(
      InvalidStagePlanError,
    );
    expect(migrateStagePlan(external, detailBeforeUpscale).plan.stages[0]?.input).toEqual({
      source: 'external',
      image: null,
    });
  });
});

describe('diffStagePlans', () => {
  const plan = buildStagePlan({
    txt2img_enabled: true,
    upscale_enabled: true,
    run_id: 'a',
    metadata: { take: 1 },
  });

  test('of a plan and itself is empty', () => {
    expect(diffStagePlans(plan, plan)).toEqual({ changes: [], text: 'No difference.' });
  });

  test('names what a list has more or less', () => {
    const detailed = (count: number) =>
      buildStagePlan({ txt2img_enabled: true, metadata: { list: Array.from({ length: count }, () => 'x') } });
    expect(diffStagePlans(detailed(1), detailed(2)).text).toBe('metadata.list[1] changes from null to "x".');
    expect(diffStagePlans(detailed(2), detailed(1)).text).toBe('metadata.list[1] changes from "x" to null.');
  });

  test('names every field that differs, and stages that came and went', () => {
    const other = buildStagePlan({
      txt2img_enabled: true,
      adetailer_enabled: true,
      steps: 30,
      run_id: 'b',
      metadata: { take: 1, note: 'x' },
    });
    expect(diffStagePlans(plan, other).text.split('\n')).toEqual([
      'run_id changes from "a" to "b".',
      'metadata.note changes from null to "x".',
      'txt2img: stage_config.adetailer_enabled changes from false to true.',
      'txt2img: stage_config.upscale_enabled changes from true to false.',
      'txt2img: stage_config.steps changes from 20 to 30.',
      'upscale is removed from position 2.',
      'adetailer is added at position 2.',
    ]);
    expect(diffStagePlans(plan, other).changes.at(-1)).toMatchObject({
      kind: 'added',
      stage: 'adetailer',
      before: null,
      after: 1,
    });
  });
});
