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

/** Reads a log as it grows: each call gives all lines so far, and parses only those that are new. */
export function logReader(file: string): () => readonly LogLine[] {
  const lines: LogLine[] = [];
  let read = 0;
  return () => {
    const bytes = readFileSync(file).subarray(read);
    const end = bytes.lastIndexOf('\n') + 1;
    read += end;
    for (const line of bytes.subarray(0, end).toString().split('\n'))
      if (line !== '') lines.push(JSON.parse(line));
    return lines;
  };
}
