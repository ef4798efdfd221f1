import { appendFileSync, readFileSync } from 'node:fs';

/** What a box wrote down: its handler began or ended a job, or its worker told something. */
export interface LogLine {
  readonly box: string;
  /** Milliseconds since 1970, by the one clock of the machine. */
  readonly at: number;
  readonly what: 'begun' | 'ended' | 'loaded' | 'skipped' | 'failed' | 'lost' | 'handed_back' | 'ready';
  readonly id: string;
}

/** Writes a line at once, so that no death of the process loses it. */
export function writeLog(file: string, line: LogLine): void {
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

export function readLog(file: string): readonly LogLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));
}
