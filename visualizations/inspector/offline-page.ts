import { escapeXml } from '../escape-xml.ts';
import { offlineScript } from './offline-script.ts';

/** The page that draws a walk as it is played. It holds all it needs, and asks nobody but the relay that served it. */
export function offlinePage(sequence: string, svg: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>stageplan inspect: ${escapeXml(sequence)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><h1>${escapeXml(sequence)}</h1><p id="status" role="status">Waiting for the walk.</p></header>
<main>
<section aria-labelledby="walk"><h2 id="walk">The walk</h2><ol id="events"></ol><ul id="reasons"></ul></section>
<figure>${svg}</figure>
</main>
<script>${offlineScript}</script>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#ffffff, #0d1117); color: light-dark(#1c2128, #e6edf3); }
header { padding: 1rem 1.5rem 0; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
#status { margin: .25rem 0 0; }
main { display: flex; flex-wrap: wrap; gap: 1.5rem; padding: 1.5rem; }
section { flex: 1 1 18rem; }
figure { flex: 3 1 26rem; margin: 0; }
svg { max-width: 100%; max-height: 88vh; height: auto; }
ol { margin: 0; padding-left: 1.75rem; }
li { padding: .15rem 0; overflow-wrap: anywhere; }
li span { color: light-dark(#59636e, #9198a1); }
li.refused, #reasons { color: light-dark(#a40e26, #ff9492); }
#reasons { padding-left: 1.25rem; }
figure svg .state.current > path:first-of-type { stroke-width: 4; }
`;
