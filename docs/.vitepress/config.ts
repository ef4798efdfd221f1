import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DefaultTheme, defineConfig, type Plugin } from 'vitepress';
import { slug } from './slug.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const home = join(repository, 'docs/index.md');
const explorer = join(repository, 'dist/explorer/index.html');

/**
 * The pages as a site. Its source is the repository, so that a link leads to the same file here as on a forge; what no page is
 * (a program, a schema) is copied beside the pages that link it.
 */
export default defineConfig({
  title: 'stageplan',
  description: 'Tick what you want from Stable Diffusion; this is what runs, in this order, or why not.',
  lang: 'en',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  srcDir: '..',
  // The README says in short what these pages say; its pictures and links are those of a package registry.
  srcExclude: ['README.md', '{dist,coverage,machines,schemas,src,tests,visualizations}/**', '.*/**'],
  ignoreDeadLinks: [/^(\.\/)?(\.\.\/)*README$/],
  markdown: { anchor: { slugify: slug } },
  themeConfig: {
    logoLink: '/docs/',
    nav: [
      { text: 'Your first plan', link: '/docs/tutorial' },
      { text: 'Explorer', link: '/explorer.html', target: '_self' },
      { text: 'Command line', link: '/docs/cli' },
      { text: 'Glossary', link: '/docs/glossary' },
    ],
    sidebar: sections(readFileSync(home, 'utf8')),
    outline: [2, 3],
    search: { provider: 'local' },
  },
  vite: { plugins: [vueOfThisFolder(), explorerPage()] },
  buildEnd({ outDir, pages, srcDir }) {
    for (const file of pages.flatMap((page) => linkedFiles(join(srcDir, page))))
      cpSync(file, join(outDir, relative(repository, file)));
    cpSync(explorer, join(outDir, 'explorer.html'));
    for (const page of ['index.html', 'README.html'])
      writeFileSync(join(outDir, page), '<meta http-equiv="refresh" content="0; url=docs/">\n');
  },
});

/** The sections of the home page with their links: what stands there is the menu. */
function sections(text: string): DefaultTheme.SidebarItem[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      text: section.split('\n', 1).join(),
      items: Array.from(section.matchAll(/^- \[(.*?)\]\((.*?)\.md\)/gm), ([, name, page = '']) => ({
        text: name ?? '',
        link: `/${relative(repository, resolve(dirname(home), page))}`,
      })),
    }));
}

/** The files that a page links and that are no pages. */
function linkedFiles(page: string): readonly string[] {
  const links = readFileSync(page, 'utf8').matchAll(/\]\((?!\w+:)([^)#]+)/g);
  return Array.from(links, ([, link = '']) => resolve(dirname(page), link)).filter(
    (file) => !file.endsWith('.md') && existsSync(file) && statSync(file).isFile(),
  );
}

/** Pages outside this folder are made of the same Vue as those inside it. */
function vueOfThisFolder(): Plugin {
  return {
    name: 'vue-of-this-folder',
    enforce: 'pre',
    resolveId(id, _, { ssr }) {
      if (!/^vue(\/|$)/.test(id)) return null;
      return ssr ? { id, external: true } : this.resolve(id, home, { skipSelf: true });
    },
  };
}

/** Serves the explorer beside the pages while they are written. */
function explorerPage(): Plugin {
  return {
    name: 'explorer-page',
    configureServer: ({ middlewares }) => {
      middlewares.use('/explorer.html', (_, response) => response.end(readFileSync(explorer)));
    },
  };
}
