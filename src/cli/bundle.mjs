import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

// The command line is a program, not a library: what every command loads lies in a few files, since looking for hundreds of
// modules takes longer than the plan. It brings the packages that it is made of, but for those that are optional.
const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync('package.json', 'utf8'));
const optional = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional);
const folder = 'dist/src/cli';

const { metafile } = await build({
  entryPoints: ['src/cli/main.ts', 'src/cli/line-worker.ts'],
  outdir: folder,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: optional,
  metafile: true,
  sourcemap: true,
  sourcesContent: false,
  // commander is CommonJS and requires modules of Node.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
chmodSync(`${folder}/main.js`, 0o755);
writeFileSync(`${folder}/licences.txt`, licences(Object.keys(metafile.inputs)));

/** The licences of the packages that some files belong to. */
function licences(files) {
  const names = new Set(files.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []));
  return [...names]
    .sort()
    .map((name) => {
      const of = `node_modules/${name}`;
      const licence = readdirSync(of).find((file) => /^licen[cs]e/i.test(file));
      const { version } = JSON.parse(readFileSync(`${of}/package.json`, 'utf8'));
      return `${name} ${version}\n\n${readFileSync(`${of}/${licence}`, 'utf8')}`;
    })
    .join('\n---\n\n');
}
