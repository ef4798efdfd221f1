import type { Answer, Source } from './answer.ts';
import type { LineTask } from './line-task.ts';
import { parseJson } from './read-json.ts';

/** How a command answers the text of a line, and a whole file where it takes any. */
export interface LineAnswerer {
  readonly line: (text: string, source: Source) => Answer;
  readonly file?: (bytes: Uint8Array, source: Source) => Answer;
}

/** Loads what a task needs, and nothing of the other commands. */
export async function lineAnswerer(task: LineTask): Promise<LineAnswerer> {
  switch (task.verb) {
    case 'build': {
      const { planner } = await import('./build-answers.ts');
      return ofJson(planner(task.flags));
    }
    case 'explain': {
      const { explainer } = await import('./explain-answers.ts');
      return ofJson(explainer(task.flags));
    }
    case 'verify': {
      const { verifier } = await import('./verify-answers.ts');
      return ofJson(verifier(task.flags));
    }
    case 'compile': {
      const { compileDocument } = await import('./compile-answers.ts');
      const { flags, names } = task;
      return ofJson((document, source) => compileDocument(document, flags, names, source));
    }
    case 'import': {
      const { listImporter } = await import('./import-answers.ts');
      const file = listImporter(task.flags);
      return { file, line: (text, source) => file(new TextEncoder().encode(importedText(text)), source) };
    }
  }
}

function ofJson(answerer: (document: unknown, source: Source) => Answer): LineAnswerer {
  return { line: (text, source) => answerer(parseJson(text), source) };
}

/** An infotext has several lines: in one line it stands as a text of JSON. */
function importedText(line: string): string {
  const value = line.startsWith('"') ? parseJson(line) : line;
  return String(value);
}
