import { build } from 'vite';

/** A program of the tests as one text of JavaScript, in which `stageplan` is the built package. */
export async function bundle(file: string): Promise<string> {
  const bundled = await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: file, write: false, target: 'node20', rollupOptions: { external: /^[^./]/ } },
  });
  const [program = ''] = [bundled]
    .flat()
    .flatMap((made) => ('output' in made ? made.output : []))
    .flatMap((made) => ('code' in made ? made.code : []));
  return program;
}
