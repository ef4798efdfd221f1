import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const entry = fileURLToPath(new URL('../../dist/src/index.js', import.meta.url));

/** What a page that builds plans gets, minified and gzipped, in kB of 1000 bytes: the core alone, and with zod and xstate. */
export async function bundleSizes() {
  const exported = '{ buildStagePlan, safeBuildStagePlan }';
  return {
    core: await gzipped(exported, ['zod', 'xstate']),
    everythingExported: await gzipped('*', ['zod', 'xstate']),
    withPeers: await gzipped(exported, []),
  };
}

async function gzipped(exported, external) {
  const { outputFiles } = await build({
    stdin: { contents: `export ${exported} from ${JSON.stringify(entry)}`, resolveDir: '.' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    external,
  });
  return Math.round(gzipSync(outputFiles[0].contents).length / 100) / 10;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await bundleSizes()));
