import { type ImportedRun, type ImportNote, isLossy, type NoteCode } from '../../../src/import/index.ts';
import { countOf } from '../../../src/plan/say-work.ts';
import { visible } from '../../../src/visible.ts';
import type { Brought } from '../desk.ts';

const counted: readonly (readonly [codes: readonly NoteCode[], say: (count: number) => string])[] = [
  [['dropped'], (count) => `${countOf(count, 'value')} lost`],
  [['contradicted', 'illegal_order', 'ambiguous'], (count) => `${count} in doubt`],
  [['converted'], (count) => `${count} changed`],
  [['defaulted'], (count) => `${count} assumed`],
];

/** What is said of a run that was imported: "Imported lighthouse.png: 1 value lost, 2 changed". What was lost is told first. */
export function reportOf(
  name: string,
  run: ImportedRun,
  around: readonly ImportNote[],
): Omit<Brought, 'config'> {
  const notes = [...around, ...run.notes];
  const counts = counted.flatMap(([codes, say]) => {
    const count = notes.filter(({ code }) => codes.includes(code)).length;
    return count === 0 ? [] : [say(count)];
  });
  const rank = ({ code }: ImportNote) => {
    const at = counted.findIndex(([codes]) => codes.includes(code));
    return at === -1 ? counted.length : at;
  };
  const writer = visible([run.writer, ...(run.version === null ? [] : [run.version])].join(' '));
  return {
    headline: `Imported ${name}: ${counts.join(', ') || 'nothing lost'}.`,
    details: [
      `Written by ${writer}${run.certainty === 'certain' ? '' : ', by its keys'}.`,
      ...notes
        .toSorted((a, b) => rank(a) - rank(b))
        .map(({ code, message }) => `${wordOf(code)}: ${visible(message)}`),
    ],
    tone: notes.some(isLossy) ? 'warn' : 'good',
  };
}

function wordOf(code: NoteCode): string {
  return code.replaceAll('_', ' ');
}
