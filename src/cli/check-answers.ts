import { readComfyInventory } from '../compile/comfyui/index.ts';
import {
  checkAvailability,
  type Inventory,
  readWebuiInventory,
  sayMissing,
  webuiInventoryPaths,
} from '../compile/webui/index.ts';
import { isPlainObject } from '../json.ts';
import type { Answer, Source } from './answer.ts';
import { planOfDocument } from './compile-answers.ts';
import type { CompileTarget } from './compile-targets.ts';
import { exitCodes } from './io.ts';
import { fine, hanging, lines, verdict } from './layout.ts';
import type { PlanFlags } from './plan-flags.ts';
import { refusedLines } from './render-refusal.ts';

const objectInfo = '/object_info';

/** The paths that a server says under what it has. */
export function pathsOf(target: CompileTarget): readonly string[] {
  return target === 'comfyui' ? [objectInfo] : webuiInventoryPaths;
}

/** What a server has by its answers. Of ComfyUI the bare answer is taken as well. */
export function inventoryOf(target: CompileTarget, answers: Readonly<Record<string, unknown>>): Inventory {
  if (target !== 'comfyui') return readWebuiInventory(answers, target);
  const info = answers[objectInfo];
  return readComfyInventory(isPlainObject(info) ? info : answers);
}

/** Answers with what a server lacks for a RunConfig or a plan. */
export function checkDocument(
  document: unknown,
  inventory: Inventory,
  flags: PlanFlags,
  source: Source,
): Answer {
  const read = planOfDocument(document, flags, source);
  if ('refusal' in read) return read.refusal;
  const result = checkAvailability(read.plan, inventory);
  const { missing, unchecked } = result;
  const look = source.looks.out;
  const text = () =>
    [
      ...(missing.length > 0 ? [] : [verdict(fine, sayNothingMissing(unchecked), look)]),
      ...(unchecked.length === 0
        ? []
        : [hanging('  ', `Not checked, since the server does not say: ${unchecked.join(', ')}.`, look)]),
    ]
      .map((line) => `${line}\n`)
      .join('');
  return {
    code: missing.length === 0 ? exitCodes.fine : exitCodes.rejected,
    data: result,
    text,
    ...(missing.length > 0 && {
      complaint: () =>
        lines(
          refusedLines(
            `${source.name} asks for what the server lacks.`,
            missing.map((thing) => ({ message: sayMissing(thing) })),
            source.looks.err,
          ),
        ),
    }),
  };
}

function sayNothingMissing(unchecked: readonly unknown[]): string {
  return `The server has all that ${unchecked.length === 0 ? 'the plan asks for' : 'could be checked'}.`;
}
