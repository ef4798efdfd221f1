import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Milliseconds of processor that one call of each function takes, the medians of rounds in which all have their turn: what
 * else the machine does then bears on all of them. Each round repeats a function for about `spell` milliseconds.
 */
export function timeInTurns(functions, { rounds, spell }) {
  const names = Object.keys(functions);
  const counts = names.map((name) => repeatsFor(functions[name], spell));
  const taken = names.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, name] of names.entries())
      taken[index].push(processorTime(functions[name], counts[index]) / counts[index]);
  }
  return Object.fromEntries(names.map((name, index) => [name, median(taken[index])]));
}

/** Repeats twice as often until it takes long enough, which also lets V8 optimise what is measured. */
function repeatsFor(run, spell) {
  for (let count = 1; ; count *= 2) if (processorTime(run, count) >= spell) return count;
}

function processorTime(run, count) {
  const start = process.cpuUsage();
  for (let time = 0; time < count; time += 1) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Milliseconds from start to end that each program takes, the medians of rounds in which all have their turn. */
export async function timePrograms(programs, rounds) {
  const taken = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, start] of Object.entries(programs)) {
      const begin = performance.now();
      await start();
      taken[name].push(performance.now() - begin);
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([name, times]) => [name, median(times)]));
}

/** Runs Node with arguments, a line as often as told on its standard input, and returns what it says on standard error. */
export async function runNode(args, { line = '', times = 0 } = {}) {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  const closed = once(child, 'close');
  const block = `${line}\n`.repeat(Math.min(times, 1000));
  for (let left = times; left > 0; left -= 1000) {
    const text = left < 1000 ? `${line}\n`.repeat(left) : block;
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  }
  child.stdin.end();
  const [code] = await closed;
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${said.slice(0, 500)}`);
  return said;
}
