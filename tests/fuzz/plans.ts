import fc from 'fast-check';
import {
  buildStagePlan,
  explainStagePlan,
  InvalidRunConfigError,
  InvalidStagePlanError,
  planFingerprint,
  repairStageOrder,
  safeBuildStagePlan,
  verifyStageOrder,
  verifyStagePlan,
} from '../../src/index.ts';
import { runOfPlan } from '../../src/plan/run-of-plan.ts';
import { runConfigArbitrary } from '../../src/testing/index.ts';
import { anything, hostile } from '../hostile-values.ts';
import type { Target } from './target.ts';

const policies = fc.record(
  {
    sequence: fc.constantFrom('canonical' as const, 'detail-before-upscale' as const),
    externalInput: fc.boolean(),
    standaloneUpscale: fc.boolean(),
    standaloneAdetailer: fc.boolean(),
    order: fc.constantFrom('reject' as const, 'repair' as const),
  },
  { requiredKeys: [] },
);

/** What stands at a random place of a plan, and what is put there. */
const edits = fc.array(
  fc.tuple(fc.nat(), fc.oneof(anything, fc.nat(4096), fc.boolean(), fc.constant(null))),
  {
    minLength: 1,
    maxLength: 3,
  },
);

export const fuzzedPlans: readonly Target[] = [
  {
    name: 'safeBuildStagePlan: a plan that is verified, or one of two errors',
    property: fc.property(
      fc.oneof(hostile, runConfigArbitrary(fc), anything),
      policies,
      (config, options) => {
        const result = safeBuildStagePlan(config, options);
        if (!result.success) {
          const known = [InvalidRunConfigError, InvalidStagePlanError];
          if (!known.some((kind) => result.error instanceof kind)) throw result.error;
          if (explainStagePlan(config, options).legal) throw new Error('It is explained as legal.');
          return;
        }
        const { order: _, ...verifier } = options;
        const verdict = verifyStagePlan(JSON.parse(JSON.stringify(result.plan)), verifier);
        if (!verdict.valid) throw new Error(JSON.stringify(verdict.problems));
        if (planFingerprint(verdict.plan) !== planFingerprint(result.plan))
          throw new Error('Another fingerprint.');
      },
    ),
  },
  {
    name: 'verifyStagePlan: a verdict, and what is valid is the plan of its run',
    property: fc.property(runConfigArbitrary(fc), edits, (config, changes) => {
      const built = safeBuildStagePlan({ ...config, txt2img_enabled: true, img2img_enabled: false });
      if (!built.success) return;
      const plan = JSON.parse(JSON.stringify(built.plan));
      for (const [place, value] of changes) putAt(plan, place, value);
      const verdict = verifyStagePlan(plan);
      if (!verdict.valid) return;
      const rebuilt = buildStagePlan(runOfPlan(verdict.plan), { order: 'repair' });
      if (planFingerprint(rebuilt) !== planFingerprint(verdict.plan))
        throw new Error('Its run has another plan.');
    }),
  },
  {
    name: 'stage orders: a verdict, and what is repaired is legal',
    property: fc.property(
      fc.array(fc.oneof(fc.constantFrom('txt2img', 'img2img', 'upscale', 'adetailer'), fc.string())),
      policies,
      (stages, { order: _, ...options }) => {
        verifyStageOrder(stages, options);
        try {
          const repaired = repairStageOrder(stages, options);
          if (!verifyStageOrder(repaired.stages, options).valid)
            throw new Error('The repaired order is illegal.');
        } catch (error) {
          if (!(error instanceof InvalidStagePlanError)) throw error;
        }
      },
    ),
  },
];

/** Replaces one value of a document, counted in the order of its fields. */
function putAt(document: unknown, place: number, value: unknown): void {
  const places: (readonly [object: object, key: string])[] = [];
  const left = [document];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, inner] of Object.entries(next)) {
      places.push([next, key]);
      left.push(inner);
    }
  }
  const [object, key] = places[place % places.length] ?? [{}, ''];
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
