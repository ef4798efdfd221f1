import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  explainStagePlan,
  InvalidRunConfigError,
  InvalidStagePlanError,
  planFingerprint,
  safeBuildStagePlan,
  verifyStagePlan,
} from '../src/index.ts';
import { runConfigArbitrary } from '../src/testing/index.ts';
import { anything, hostile } from './hostile-values.ts';

test('a hostile config gives a plan or one of the two errors, never anything else, and is left as it was', () => {
  fc.assert(
    fc.property(fc.oneof(hostile, anything), (value) => {
      const before = fc.stringify(value);
      const result = safeBuildStagePlan(value);
      expect(fc.stringify(value)).toBe(before);
      if (result.success) return;
      expect(
        [InvalidRunConfigError, InvalidStagePlanError].some((kind) => result.error instanceof kind),
      ).toBe(true);
      expect(result.error.message.length).toBeGreaterThan(20);
      expect(explainStagePlan(value).legal).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('a plan of a random config survives JSON and is verified, with the same fingerprint', () => {
  fc.assert(
    fc.property(runConfigArbitrary(fc), (config) => {
      const result = safeBuildStagePlan({ ...config, txt2img_enabled: true });
      if (!result.success) {
        expect(result.error.message).toContain('makes a picture of');
        return;
      }
      const verdict = verifyStagePlan(JSON.parse(JSON.stringify(result.plan)));
      expect(verdict.problems).toEqual([]);
      expect(verdict.valid && planFingerprint(verdict.plan)).toBe(planFingerprint(result.plan));
    }),
    { numRuns: 150 },
  );
});

test('every fix of a random rejected config makes it legal', () => {
  fc.assert(
    fc.property(runConfigArbitrary(fc), (config) => {
      const { legal, problems, fixes } = explainStagePlan(config);
      if (legal || problems.length > 0) return;
      expect(fixes.length).toBeGreaterThan(0);
      for (const { change, options } of fixes) {
        const result = safeBuildStagePlan({ ...config, ...change }, options);
        // A fix is about switches; a picture can still become too large.
        if (!result.success) expect(result.error.message).toContain('makes a picture of');
      }
    }),
    { numRuns: 150 },
  );
});

test('verifying anything at all gives a verdict', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(verifyStagePlan(value).valid).toBe(false);
    }),
  );
});
