import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildStagePlan } from 'stageplan';
import {
  checkWebuiResponse,
  toWebuiRequests,
  type WebuiImages,
  type WebuiRequest,
  webuiImages,
  withImages,
} from 'stageplan/webui';

/** Sends requests one after the other, hands images on, and stops at the first answer that is not what was asked. */
export async function runOnWebui(
  requests: readonly WebuiRequest[],
  { url, ...given }: WebuiImages & { readonly url: string },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const made = new Map<string, readonly string[]>();
  for (const [index, request] of requests.entries()) {
    process.stderr.write(`${index + 1}/${requests.length} ${request.id}\n`);
    const { image_from: from } = request;
    const image = from?.source === 'request' ? made.get(from.id)?.[from.image] : given.image;
    const { path, method, body } = withImages(request, { ...given, ...(image !== undefined && { image }) });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${request.id}: ${answer.status} ${await answer.text()}`);
    const response: unknown = await answer.json();
    const problems = checkWebuiResponse(request, response);
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
    made.set(request.id, webuiImages(request, response));
  }
  return made;
}

// npx tsx examples/run-on-webui.ts run.json http://127.0.0.1:7860 out
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [config = '', url = 'http://127.0.0.1:7860', folder = 'out'] = process.argv.slice(2);
  const plan = buildStagePlan(JSON.parse(readFileSync(config, 'utf8')));
  const requests = toWebuiRequests(plan, { target: 'a1111', fanOut: true });
  const [first] = requests;
  const photo = first?.image_from?.source === 'external' ? first.image_from.image : null;
  const image = photo === null ? {} : { image: readFileSync(photo, 'base64') };
  const made = await runOnWebui(requests, { url, ...image });
  mkdirSync(folder, { recursive: true });
  for (const { id } of requests.filter(({ keeps_image }) => keeps_image))
    for (const [index, png] of (made.get(id) ?? []).entries())
      writeFileSync(`${folder}/${id}-${index + 1}.png`, Buffer.from(png, 'base64'));
}
