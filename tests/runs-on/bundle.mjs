// Bundles app.mjs into out/app.mjs, with the bundler that is named.
const builds = {
  async esbuild() {
    const { build } = await import('esbuild');
    await build({
      entryPoints: ['app.mjs'],
      bundle: true,
      minify: true,
      format: 'esm',
      outfile: 'out/app.mjs',
    });
  },
  async vite() {
    const { build } = await import('vite');
    const input = 'app.mjs';
    const output = { entryFileNames: 'app.mjs', minify: true };
    await build({
      logLevel: 'error',
      ssr: { noExternal: true },
      build: { outDir: 'out', ssr: true, rollupOptions: { input, output } },
    });
  },
  async webpack() {
    const { default: webpack } = await import('webpack');
    const output = { path: `${import.meta.dirname}/out`, filename: 'app.mjs', module: true };
    const config = {
      mode: 'production',
      entry: './app.mjs',
      target: 'es2022',
      output,
      experiments: { outputModule: true },
    };
    await new Promise((resolve, reject) => {
      webpack(config, (error, stats) => {
        if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString()));
        else resolve();
      });
    });
  },
};
await builds[process.argv[2]]();
