import { appendFileSync, readFileSync } from 'node:fs';
import { startTests } from '@vitest/runner';
import { type RunnerTestCase, type RunnerTestFile, type RunnerTestSuite, TestRunner, vi } from 'vitest';

declare global {
  /** What the switches of the mutants ask and tell; they read it once, when their module is read. */
  var __mutation: {
    /** The mutant that is on. */
    readonly active: number;
    /** Counts that its code runs. */
    readonly hit: () => boolean;
    readonly cover: ((...ids: readonly string[]) => void) | undefined;
  };
}

/** What the tests of a file run of the mutants without any of them being on. */
interface Covered {
  readonly ms: number;
  /** How often the code of each mutant runs. */
  readonly hits: Readonly<Record<string, number>>;
  /** The tests that run the code of a mutant; those that are not here run it before the first test. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

/** Runs the tests of a file, or some of them, until one fails. */
class UntilFirstFailure extends TestRunner {
  /** The test that runs. */
  current: string | undefined;
  failed: string | undefined;
  only: ReadonlySet<string> | undefined;

  onCollected(files: readonly RunnerTestFile[]) {
    for (const test of files.flatMap(testsIn)) if (this.only?.has(test.id) === false) test.mode = 'skip';
  }
  override onBeforeTryTask(test: RunnerTestCase) {
    super.onBeforeTryTask(test);
    this.current = test.id;
  }
  override onAfterRunTask(test: RunnerTestCase) {
    super.onAfterRunTask(test);
    this.current = undefined;
    if (test.result?.state !== 'fail') return;
    this.failed ??= test.fullTestName;
    this.cancel('test-failure');
  }
}

function testsIn(suite: RunnerTestSuite): readonly RunnerTestCase[] {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? testsIn(task) : [task]));
}

/** Runs every mutant in one process, against every test file that runs its code: modules are read anew for each mutant, and nothing else is. */
export default class MutantRunner extends TestRunner {
  async onBeforeCollect() {
    const { progress, whole, mutants, tests } = this.injectValue('mutation');
    const say = (line: object) => appendFileSync(progress, `${JSON.stringify(line)}\n`);
    const said = readFileSync(progress, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));

    const covers = new Map<string, Covered>(
      said.flatMap((line) => (line.covers ? [[line.covers, line]] : [])),
    );
    for (const test of tests) {
      if (covers.has(test) || said.some((line) => line.leftOut === test)) continue;
      const { failed, ...covered } = await this.#cover(test);
      if (failed === undefined) covers.set(test, covered);
      say(failed === undefined ? { covers: test, ...covered } : { leftOut: test, because: failed });
    }

    const decided = new Set(said.flatMap((line) => (line.status ? [line.mutant] : [])));
    let last: string | undefined;
    for (const mutant of [-1, ...mutants]) {
      if (decided.has(mutant)) continue;
      // What noticed the mutant before often notices this one, and else the fastest come first.
      const cost = ([test, { ms }]: readonly [string, Covered]) => (test === last ? 0 : ms);
      const tried = [...covers]
        .filter(([, { hits }]) => mutant === -1 || hits[mutant])
        .sort((a, b) => cost(a) - cost(b));
      let hits = 0;
      let limit = 0;
      globalThis.__mutation = {
        active: mutant,
        hit: () => {
          hits += 1;
          if (hits > limit) throw new Error('A loop without end.');
          return true;
        },
        cover: undefined,
      };
      vi.resetModules();
      const began = performance.now();
      let by: string | undefined;
      for (const [test, { ms, hits: usual, tests: hitting }] of tried) {
        limit = hits + 100 * (usual[mutant] ?? 0) + 1000;
        say({ starts: mutant, test, pid: process.pid, until: Date.now() + 120_000 + 20 * ms });
        const only = whole || hitting[mutant] === undefined ? undefined : new Set(hitting[mutant]);
        const failed = await this.#run(test, this.#inner(only));
        if (failed === undefined) continue;
        by = `${test}: ${failed}`;
        last = test;
        break;
      }
      if (mutant === -1 && by) throw new Error(`Without a mutant, ${by} fails.`);
      const status = by ? 'Killed' : tried.length ? 'Survived' : 'NoCoverage';
      say({ mutant, status, by, ms: Math.round(performance.now() - began) });
    }
  }

  /** Runs a test file without a mutant. `failed`: the test that fails there, as one of the size of the sources does, which have every mutant in them. */
  async #cover(test: string): Promise<Covered & { readonly failed: string | undefined }> {
    const runner = this.#inner();
    const hits: Record<string, number> = {};
    const hitting: Record<string, Set<string>> = {};
    const early = new Set<string>();
    globalThis.__mutation = {
      active: -1,
      hit: () => true,
      cover: (...ids: string[]) => {
        const { current } = runner;
        for (const id of ids) {
          hits[id] = (hits[id] ?? 0) + 1;
          if (current === undefined) early.add(id);
          else hitting[id] = (hitting[id] ?? new Set()).add(current);
        }
      },
    };
    vi.resetModules();
    const began = performance.now();
    const failed = await this.#run(test, runner);
    const late = Object.entries(hitting).filter(([id]) => !early.has(id));
    return {
      failed,
      ms: performance.now() - began,
      hits,
      tests: Object.fromEntries(late.map(([id, ofTest]) => [id, [...ofTest]])),
    };
  }

  #inner(only?: ReadonlySet<string>): UntilFirstFailure {
    const runner = new UntilFirstFailure(this.config);
    // Vitest hands these to the runner that it has made, and to no other.
    return Object.assign(runner, {
      moduleRunner: Reflect.get(this, 'moduleRunner'),
      _otel: Reflect.get(this, '_otel'),
      only,
    });
  }

  /** The test that fails, or undefined. */
  async #run(test: string, runner: UntilFirstFailure): Promise<string | undefined> {
    const file = `${this.config.root}/${test}`;
    Object.assign(Reflect.get(this, 'workerState'), { filepath: file });
    const [result] = await startTests([file], runner);
    return runner.failed ?? (result?.result?.state === 'fail' ? 'it cannot be read' : undefined);
  }
}
