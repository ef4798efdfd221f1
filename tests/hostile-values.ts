import fc from 'fast-check';
import { RunConfig } from '../src/index.ts';
import { runConfigArbitrary } from '../src/testing/index.ts';

/** Any value of JavaScript. */
export const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withObjectString: true,
  withUnicodeString: true,
});
const numbers = fc.oneof(fc.double(), fc.bigInt(), fc.maxSafeInteger());
const keys = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', ...Object.keys(RunConfig.shape)),
  fc.string({ unit: 'binary' }),
);

/** A config that is right but for some fields that are anything at all. */
export const hostile = fc
  .tuple(
    runConfigArbitrary(fc),
    fc.array(fc.tuple(keys, fc.oneof(anything, numbers, fc.string({ unit: 'binary' }))), { maxLength: 4 }),
  )
  .map(([config, wrong]) => {
    const copy = { ...config };
    for (const [key, value] of wrong)
      Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
    return copy;
  });
