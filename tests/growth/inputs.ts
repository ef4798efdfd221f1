import type { StageExecutionPlan, StageSequence } from '../../src/index.ts';
import { png, textChunk } from '../import/image-files.ts';
import { choiceNames, choices } from './machines.ts';

/** What is measured: the built package. */
export interface Library {
  readonly safeBuildStagePlan: (run: unknown) => unknown;
  readonly explainStagePlan: (run: unknown) => unknown;
  readonly verifyStagePlan: (plan: unknown) => unknown;
  readonly repairStageOrder: (
    stages: readonly string[],
    options?: { readonly sequence: StageSequence },
  ) => unknown;
  readonly verifyStageOrder: (stages: readonly string[]) => unknown;
  readonly importFile: (bytes: Uint8Array) => unknown;
}

/** A kind of input that grows, and what is done with it. */
export interface GrowingInput {
  readonly what: string;
  readonly prepare: (library: Library, plan: StageExecutionPlan, size: number) => () => unknown;
}

const listOf = <Item>(size: number, item: (index: number) => Item): Item[] =>
  Array.from({ length: size }, (_, index) => item(index));
const record = (size: number, value: unknown = 1) =>
  Object.fromEntries(listOf(size, (index) => [`key_${index}`, value]));
const bytes = (text: string) => new TextEncoder().encode(text);

/** Objects that hold the one before twice: as text they double on each level, up to the bound of what is read. */
function shared(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value, b: value };
  return value;
}

function config(what: string, make: (size: number) => object): GrowingInput {
  return {
    what: `config: ${what}`,
    prepare: (library, _plan, size) => {
      const run = { txt2img_enabled: true, ...make(size) };
      return () => [library.safeBuildStagePlan(run), library.explainStagePlan(run)];
    },
  };
}

function plan(what: string, change: (plan: StageExecutionPlan, size: number) => object): GrowingInput {
  return {
    what: `plan: ${what}`,
    prepare: (library, built, size) => {
      const changed = { ...built, ...change(built, size) };
      return () => library.verifyStagePlan(changed);
    },
  };
}

function order(what: string, make: (size: number) => readonly string[]): GrowingInput {
  return {
    what: `order: ${what}`,
    prepare: (library, _plan, size) => {
      const stages = make(size);
      const run = { txt2img_enabled: true, stage_order: stages };
      return () => {
        library.verifyStageOrder(stages);
        library.safeBuildStagePlan(run);
        refuse(() => library.repairStageOrder(stages));
      };
    },
  };
}

/** What is refused took its steps to find that out. */
function refuse(call: () => unknown): void {
  try {
    call();
  } catch {}
}

function text(what: string, make: (size: number) => string): GrowingInput {
  return file(what, (size) => bytes(make(size)));
}

function file(what: string, make: (size: number) => Uint8Array): GrowingInput {
  return {
    what,
    prepare: (library, _plan, size) => {
      const made = make(size);
      return () => refuse(() => library.importFile(made));
    },
  };
}

/** Every kind of input that grows without an own sequence: those of sequences are in situations.ts. */
export const growingInputs: readonly GrowingInput[] = [
  config('unknown keys', record),
  config('unknown keys in a section', (size) => ({ upscale: record(size) })),
  config('a long key', (size) => ({ ['k'.repeat(size)]: 1 })),
  config('a long prompt', (size) => ({ prompt: '(a:1.1), <lora:b:1>'.repeat(size) })),
  config('detectors', (size) => ({
    adetailer_enabled: true,
    adetailer: listOf(size, () => ({ model: 'f.pt' })),
  })),
  config('images to keep', (size) => ({ keep: listOf(size, () => 'txt2img') })),
  config('metadata, wide', (size) => ({ metadata: record(size) })),
  config('metadata, a list', (size) => ({ metadata: { list: listOf(size, () => [{}]) } })),
  config('metadata, shared', (size) => ({ metadata: { shared: shared(size / 4) } })),
  config('backend options', (size) => ({ backend_options: record(size) })),
  plan('stages', ({ stages }, size) => ({ stages: listOf(size, () => stages[0]) })),
  plan('stages that are none', (_plan, size) => ({ stages: listOf(size, () => ({})) })),
  plan('events', ({ events }, size) => ({ events: listOf(size, () => events[0]) })),
  plan('decisions', ({ decisions }, size) => ({ decisions: listOf(size, () => decisions[0]) })),
  plan('decisions that are none', (_plan, size) => ({ decisions: listOf(size, () => ({})) })),
  plan('warnings', (_plan, size) => ({
    warnings: listOf(size, () => ({ code: 'no_effect', field: 'upscale.upscaler', value: 'x', stage: null })),
  })),
  plan('unknown keys', (_plan, size) => record(size)),
  plan('metadata', (_plan, size) => ({ metadata: record(size) })),
  order('one stage over and over', (size) => listOf(size, () => 'txt2img')),
  order('unknown stages', (size) => listOf(size, (index) => `stage_${index}`)),
  {
    what: 'order: both stages of each choice of an own sequence',
    prepare: (library, _plan, size) => {
      const sequence = choices(size / 4);
      refuse(() => library.repairStageOrder(['a1'], { sequence }));
      return () => refuse(() => library.repairStageOrder(choiceNames(size / 4), { sequence }));
    },
  },
  text('broken JSON: open brackets', (size) => '['.repeat(size)),
  text('broken JSON: a comma too many', (size) => `[${'{"a": [1, "b"]},'.repeat(size)}]`),
  text('broken JSON: an open text', (size) => `["${'\\n'.repeat(size)}`),
  text('broken JSON: lines', (size) => `{${'"a": 1,\n'.repeat(size)}`),
  text('JSON: one key over and over', (size) => `{"steps": 20, ${'"a": 1, '.repeat(size)}"a": 2}`),
  text('JSON Lines', (size) => '{"steps": 20}\n'.repeat(size)),
  text('infotext: fields', (size) => `a\nSteps: 20, ${listOf(size, (index) => `k${index}: 1`).join(', ')}`),
  text('infotext: one field over and over', (size) => `a\nSteps: 20, ${'Size: 1x1, '.repeat(size)}Seed: 1`),
  text('infotext: loras', (size) => `${'<lora:a:1>'.repeat(size)}\nSteps: 20, Seed: 1`),
  file('image: chunks', (size) => png(...listOf(size, (index) => textChunk(`k${index}`, 'x')))),
  file('image: parameters over and over', (size) =>
    png(...listOf(size, () => textChunk('parameters', 'a\nSteps: 1, Seed: 1'))),
  ),
  text('infotext: a long prompt', (size) => `${'a, '.repeat(size)}\nSteps: 20, Seed: 1`),
];
