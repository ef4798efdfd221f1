import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SkipIfDone, StageHandler } from 'stageplan/bullmq';
import { checkWebuiResponse, type WebuiRequest, webuiImages, withImages } from 'stageplan/webui';

/** The images of a stage: the names of their files, by the ids of the requests that made them. */
type Files = Readonly<Record<string, readonly string[]>>;

/** Does stages on one WebUI. Images lie in a folder that every box sees; what is handed on are their names. */
export function stageRunner({ url, folder }: { readonly url: string; readonly folder: string }) {
  mkdirSync(folder, { recursive: true });
  const doneFile = (id: string) => join(folder, `${id}.json`);
  const image = (file: string) => readFileSync(join(folder, file), 'base64');

  async function send(request: WebuiRequest, files: Files, signal: AbortSignal): Promise<readonly string[]> {
    const { image_from: from } = request;
    const source = from?.source === 'request' ? files[from.id]?.[from.image] : undefined;
    const existing =
      from?.source === 'external' && from.image !== null ? readFileSync(from.image, 'base64') : undefined;
    const taken = source === undefined ? existing : image(source);
    const { path, method, body } = withImages(request, taken === undefined ? {} : { image: taken });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, headers, body: JSON.stringify(body), signal });
    if (!answer.ok) throw new Error(`${request.id}: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
    const response: unknown = await answer.json();
    const problems = checkWebuiResponse(request, response);
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
    return webuiImages(request, response);
  }

  const handler: StageHandler = async ({ id, job, before }, { signal, progress }) => {
    if (job.target === 'comfyui') throw new Error('This box has a WebUI, and the job is for ComfyUI.');
    const files: Record<string, readonly string[]> = {};
    for (const [index, request] of job.requests.entries()) {
      const images = await send(request, { ...(before as Files | null), ...files }, signal);
      files[request.id] = images.map((png, place) => {
        const file = `${job.plan}-${request.id}-${place + 1}.png`;
        writeFileSync(join(folder, file), Buffer.from(png, 'base64'));
        return file;
      });
      await progress({ done: index + 1, of: job.requests.length });
    }
    // Renamed into its place: it is there as a whole, or not at all.
    writeFileSync(`${doneFile(id)}.part`, JSON.stringify(files));
    renameSync(`${doneFile(id)}.part`, doneFile(id));
    return files;
  };

  const skipIfDone: SkipIfDone = async ({ id }) =>
    existsSync(doneFile(id)) ? JSON.parse(readFileSync(doneFile(id), 'utf8')) : undefined;

  return { handler, skipIfDone };
}
