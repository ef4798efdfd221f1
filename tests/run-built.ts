import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'vite';

/** Runs a program of the tests in a process of its own, where `stageplan` is the built package, and reads the JSON that it prints. */
export async function runBuilt(file: string, ...flags: readonly string[]): Promise<unknown> {
  const bundle = await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: file, write: false, target: 'node20', rollupOptions: { external: /^[^./]/ } },
  });
  const [program = ''] = [bundle]
    .flat()
    .flatMap((made) => ('output' in made ? made.output : []))
    .flatMap((made) => ('code' in made ? made.code : []));
  const args = [...flags, '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}
