// Bundles a program into out/, with the bundler that is named.
const [bundler, file] = process.argv.slice(2);
const builds = {
  async esbuild() {
    const { build } = await import('esbuild');
    await build({
      entryPoints: [file],
      bundle: true,
      minify: true,
      format: 'esm',
      outfile: `out/${file}`,
    });
  },
  async vite() {
    const { build } = await import('vite');
    const output = { entryFileNames: file, minify: true };
    await build({
      logLevel: 'error',
      ssr: { noExternal: true },
      build: { outDir: 'out', emptyOutDir: false, ssr: true, rollupOptions: { input: file, output } },
    });
  },
  async webpack() {
    const { default: webpack } = await import('webpack');
    const output = { path: `${import.meta.dirname}/out`, filename: file, module: true };
    const config = {
      mode: 'production',
      entry: `./${file}`,
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
await builds[bundler]();
