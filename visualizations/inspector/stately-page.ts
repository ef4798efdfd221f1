import { escapeXml } from '../escape-xml.ts';

/** The site that draws the events of the online inspector. */
export const statelySite = 'https://stately.ai';

/** Where a frame on that site may lead. */
export const statelyFrames = `${statelySite} https://*.stately.ai`;

/**
 * The page that hands the protocol's events to the Stately inspector in a frame, and nothing else: the frame comes from
 * stately.ai, and what is posted to it leaves this machine.
 */
export function statelyPage(sequence: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>stageplan inspect: ${escapeXml(sequence)}</title>
<link rel="icon" href="data:,">
<style>html, body, iframe { width: 100%; height: 100%; margin: 0; border: 0; display: block; }</style>
</head>
<body>
<iframe id="inspector" title="Stately inspector" src="${statelySite}/inspect"></iframe>
<script>${script}</script>
</body>
</html>
`;
}

const script = `
const { contentWindow } = document.getElementById('inspector');
const waiting = [];
let site = null;
const post = (event) => contentWindow.postMessage(event, site);
addEventListener('message', ({ data, origin, source }) => {
  if (source !== contentWindow || data?.type !== '@statelyai.connected') return;
  site = origin;
  waiting.splice(0).forEach(post);
});
new WebSocket('ws://' + location.host).onmessage = ({ data }) => {
  const event = JSON.parse(data);
  if (!event.type.startsWith('@xstate.')) return;
  if (site === null) waiting.push(event);
  else post(event);
};
`;
