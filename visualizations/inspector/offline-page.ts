import { escapeXml } from '../escape-xml.ts';
import { offlineScript } from './offline-script.ts';

/** What the page of a walk is made of. */
export interface OfflinePage {
  /** The run's name. */
  readonly name: string;
  readonly sequence: string;
  /** The picture of the whole walk. The script lights as much of it as was walked. */
  readonly svg: string;
  /** Milliseconds between two events, when the page plays them again. */
  readonly speed: number;
}

/** The page that draws a walk as it is played, and plays it again. It holds all it needs, and asks nobody but the relay that served it. */
export function offlinePage({ name, sequence, svg, speed }: OfflinePage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>stageplan inspect: ${escapeXml(name)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body data-speed="${speed}">
<header>
<h1 title="${escapeXml(name)}">${escapeXml(name)}</h1>
<p class="quiet">walks ${escapeXml(sequence)}</p>
<p id="status" role="status">Waiting for the walk.</p>
<div id="controls" role="group" aria-label="Steps">
<button id="back" type="button" disabled>Back</button>
<button id="play" type="button" disabled>Pause</button>
<button id="forth" type="button" disabled>Forward</button>
<button id="replay" type="button" disabled>Replay</button>
</div>
</header>
<main>
<section class="walk" aria-labelledby="walk"><h2 id="walk">The walk</h2><ol id="events" start="0"></ol></section>
<section class="why" aria-labelledby="why" hidden><h2 id="why">Why there is no plan</h2><ul id="reasons"></ul>
<div id="repair" hidden><h2>To fix it</h2><ul id="fixes"></ul></div></section>
<figure tabindex="0" aria-label="The picture of the walk">${svg}</figure>
</main>
<footer><p id="server" class="quiet" role="status">The walk is played by stageplan inspect, which is running.</p></footer>
<script>${offlineScript}</script>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: light-dark(#7d8590, #6e7681); --now: light-dark(#0b57d0, #79b8ff); }
* { box-sizing: border-box; }
body { margin: 0; background: light-dark(#ffffff, #0d1117); color: light-dark(#1c2128, #e6edf3); }
header { position: sticky; top: 0; z-index: 1; padding: .75rem 1.5rem; background: inherit; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
h1 { font-size: 1.25rem; margin: 0; overflow: hidden; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
header p, footer p { margin: 0; }
.quiet { color: light-dark(#59636e, #9aa4b2); }
#status { flex: 1 0 100%; min-height: 3em; font-weight: 600; overflow-wrap: anywhere; }
#controls { display: flex; flex-wrap: wrap; gap: .5rem; }
button { font: inherit; color: inherit; background: light-dark(#f4f6f9, #212830); border: 1px solid var(--line); border-radius: 6px; min-height: 2.25rem; padding: 0 .75rem; cursor: pointer; }
button:disabled { opacity: .55; cursor: default; }
:is(button, figure):focus-visible { outline: 3px solid var(--now); outline-offset: 2px; }
main { display: grid; grid-template-columns: minmax(16rem, 22rem) minmax(0, 1fr); grid-template-areas: "walk picture" "why picture"; grid-template-rows: auto 1fr; gap: 1.5rem; padding: 1.5rem; }
.walk { grid-area: walk; }
.why { grid-area: why; }
figure { grid-area: picture; margin: 0; overflow-x: auto; }
figure svg { display: block; width: 100%; min-width: 52rem; max-width: 62rem; height: auto; }
#repair { margin-top: 1rem; }
footer { padding: 0 1.5rem 1.5rem; }
ol, ul { margin: 0; padding-left: 2.25rem; }
#events button { width: 100%; border: 0; border-left: 5px solid transparent; border-radius: 0; background: none; text-align: left; padding: .25rem .5rem; overflow-wrap: anywhere; }
#events button[aria-current] { border-left-color: var(--now); background: light-dark(#e3edfd, #16263d); font-weight: 700; }
#events .refused button { color: light-dark(#a3160c, #ffb3ad); }
li { overflow-wrap: anywhere; }
.state.current > path:first-of-type, .state.current.current > path:not([fill="none"]) { stroke: var(--now); stroke-width: 6; stroke-dasharray: none; }
.edge:not(.taken) > .badge, body:not([data-refused]) .refusal { display: none; }
@media (max-width: 54rem) {
  header, footer { padding-inline: 1rem; }
  main { grid-template-columns: minmax(0, 1fr); grid-template-areas: "walk" "picture" "why"; grid-template-rows: none; padding: 1rem; }
  #events { height: 11rem; overflow-y: auto; }
  figure { max-height: 60vh; overflow: auto; }
}
@media (forced-colors: active) {
  :root { --now: Highlight; }
  #events button:not([aria-current]) { border-left-color: Canvas; }
}
@media print { header { position: static; } #controls { display: none; } #events { height: auto; } figure { max-height: none; } figure svg { min-width: 0; } }
`;
