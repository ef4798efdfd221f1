import { documentKind } from '../document-kind.ts';
import { isPlainObject } from '../json.ts';
import type { StageExecutionPlan } from '../plan/stage-execution-plan.ts';
import { sayAddress } from '../queue/redis-address.ts';
import { type FlowAdder, submitPlans } from '../queue/submit-plans.ts';
import { type Answer, attempt, type RefusedAnswer, refuse, type Source, sourceOf } from './answer.ts';
import type { SubmitFlags } from './commands/submit.ts';
import { type CompileNames, planOfDocument } from './compile-answers.ts';
import { InputError } from './input-error.ts';
import { exitCodes, type Io } from './io.ts';
import { largest } from './largest.ts';
import { lines } from './layout.ts';
import { lineBatches, linesIn } from './ndjson.ts';
import { parseJson, readJson, standardInput, unreadable } from './read-json.ts';
import { readNames } from './read-names.ts';
import { refusalData, refusedLines } from './render-refusal.ts';

/** Hands in the plans of some files, and answers with how many and which not. */
export async function submitFiles(io: Io, files: readonly string[], flags: SubmitFlags): Promise<Answer> {
  const { to, redis, fanOut = false, prefix } = flags;
  const { names: file } = flags;
  const read =
    file === undefined
      ? { names: {} }
      : await attempt(sourceOf(io, file), async () => ({ names: await readNames(io, file) }));
  if (!('names' in read)) return read;
  const { names }: { readonly names: CompileNames } = read;
  const producer = await io.openProducer(redis);
  const refused: RefusedAnswer[] = [];
  const sources: Source[] = [];
  try {
    const settled = await attempt(sourceOf(io, sayAddress(redis)), () =>
      submitPlans(steady(producer), plansOf(io, files, flags, sources, refused), {
        target: to,
        ...(prefix !== undefined && { prefix }),
        webui: { fanOut, detectors: names.detectors ?? {} },
        comfyui: { models: names },
      }),
    );
    if (!('submitted' in settled)) return settled;
    for (const { index, error } of settled.refused) {
      const { place, name } = sources[index] as Source;
      const complaint = () =>
        lines(refusedLines(`${name} cannot be handed in.`, reasonsOf(error), io.looks.err));
      refused.push({ code: exitCodes.rejected, data: { ...place, error: refusalData(error) }, complaint });
    }
    return summary(settled.submitted, refused, flags);
  } finally {
    await producer.close();
  }
}

function summary(submitted: number, refused: readonly RefusedAnswer[], { to, redis }: SubmitFlags): Answer {
  const count = submitted === 1 ? '1 plan is' : `${submitted} plans are`;
  return {
    code: largest(refused.map(({ code }) => code)),
    data: { submitted, refused: refused.map(({ data }) => data) },
    text: () => `${count} in the queues of ${to} at ${sayAddress(redis)}.\n`,
    complaint: () => refused.map(({ complaint }) => complaint()).join('\n'),
  };
}

/** The plans of some files, one after the other as they are asked for. What has none is put among the refused. */
async function* plansOf(
  io: Io,
  files: readonly string[],
  flags: SubmitFlags,
  sources: Source[],
  refused: RefusedAnswer[],
): AsyncGenerator<StageExecutionPlan> {
  for (const file of files) {
    for await (const { source, read } of documentsOf(io, file, flags)) {
      const got = await attempt(source, async () => ({ document: await read() }));
      const found = 'document' in got ? planIn(got.document, flags, source) : { refusal: got };
      if ('refusal' in found) refused.push(found.refusal);
      else {
        sources.push(source);
        yield found.plan;
      }
    }
  }
}

/** What the lines of a message say, each by itself. */
function reasonsOf({ message }: Error): readonly { readonly message: string }[] {
  return message.split('\n').map((line) => ({ message: line.replace(/^- /, '') }));
}

/** A document that is read when its turn comes. */
interface Unread {
  readonly source: Source;
  readonly read: () => Promise<unknown>;
}

async function* documentsOf(io: Io, file: string, { ndjson }: SubmitFlags): AsyncGenerator<Unread> {
  const source = sourceOf(io, file);
  if (ndjson !== true) {
    yield { source, read: () => readJson(io, file) };
    return;
  }
  try {
    for await (const batch of lineBatches(file === standardInput ? io.stdin : io.open(file), 0)) {
      for (const { line, read } of linesIn(batch)) {
        const place = { file, line };
        const name = `line ${line} of ${source.name}`;
        yield { source: { ...source, name, place }, read: async () => parseJson(read()) };
      }
    }
  } catch (error) {
    // Only the file itself can fail here: what is done with a line does not come back into this loop.
    yield { source, read: () => Promise.reject(unreadable(error)) };
  }
}

/** The plan of a RunConfig, of a plan, or of a line of `stageplan sweep`. */
function planIn(document: unknown, flags: SubmitFlags, source: Source) {
  const { plan, error }: Readonly<Record<string, unknown>> = isPlainObject(document) ? document : {};
  if (isPlainObject(error))
    return { refusal: refuse(new InputError(`It has no plan: ${String(error.message)}`), source) };
  return planOfDocument(documentKind(plan) === 'plan' ? plan : document, flags, source);
}

/** What hands plans in, and says in one line that Redis went away. */
function steady(producer: FlowAdder): FlowAdder {
  return {
    addBulk: async (flows) => {
      try {
        return await producer.addBulk(flows);
      } catch {
        throw new InputError(
          'Redis went away. Hand the same in again: what it has already runs once all the same.',
        );
      }
    },
  };
}
