import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildStagePlan } from 'stageplan';
import { type ComfyPrompt, toComfyPrompt, validateComfyPrompt } from 'stageplan/comfyui';

interface Picture {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: string;
}

/** What the server says of a graph: its nodes, its queue, and what became of it. */
interface Told {
  readonly prompt: ComfyPrompt;
  readonly objectInfo: Readonly<Record<string, unknown>>;
  readonly queued: { readonly prompt_id: string; readonly node_errors?: object };
  readonly history: {
    readonly status?: { readonly status_str?: string };
    readonly outputs: Readonly<Record<string, { readonly images?: readonly Picture[] }>>;
  };
}

/** What to look for, since the server answers 200 all the same. Each gives what is wrong, or nothing. */
export const comfyChecks = {
  /** Before it is sent: what the server would pass over. */
  valid: ({ prompt, objectInfo }: Pick<Told, 'prompt' | 'objectInfo'>) =>
    validateComfyPrompt(prompt, objectInfo).map(
      ({ type, node_id, input }) => `${type}: ${input} of ${node_id}`,
    ),
  /** A graph of which a part is invalid is queued without that part. */
  whole: ({ queued }: Pick<Told, 'queued'>) =>
    Object.keys(queued.node_errors ?? {}).map((id) => `${id} is not run`),
  finished: ({ history: { status } }: Pick<Told, 'history'>) =>
    status?.status_str === 'success' ? [] : [`it ended with ${status?.status_str}`],
  saved: ({ prompt, history: { outputs } }: Pick<Told, 'prompt' | 'history'>) =>
    Object.keys(prompt)
      .filter((id) => prompt[id]?.class_type === 'SaveImage' && (outputs[id]?.images ?? []).length === 0)
      .map((id) => `${id} has saved nothing`),
};

/** Queues a graph, waits for it, and gives the pictures of each node that saves some. */
export async function runOnComfyui(
  prompt: ComfyPrompt,
  {
    url,
    checks = comfyChecks,
    wait = 1000,
  }: { url: string; checks?: Partial<typeof comfyChecks>; wait?: number },
): Promise<ReadonlyMap<string, readonly Buffer[]>> {
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(
      url + path,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  // What the server answers is what its contract says.
  const json = async <Answer>(path: string, body?: object) =>
    (await (await ask(path, body)).json()) as Answer;
  const stopAt = (problems: readonly string[] = []) => {
    if (problems.length > 0) throw new Error(problems.join('\n'));
  };
  stopAt(checks.valid?.({ prompt, objectInfo: await json<Told['objectInfo']>('/object_info') }));
  const queued = await json<Told['queued']>('/prompt', { prompt });
  stopAt(checks.whole?.({ queued }));
  let history: Told['history'] | undefined;
  for (let seconds = 0; history === undefined; seconds += wait / 1000) {
    process.stderr.write(`\r${Math.round(seconds)} s `);
    await new Promise((resolve) => setTimeout(resolve, wait));
    const all = await json<Readonly<Record<string, Told['history']>>>(`/history/${queued.prompt_id}`);
    history = all[queued.prompt_id];
  }
  stopAt(checks.finished?.({ history }));
  stopAt(checks.saved?.({ prompt, history }));
  const pictures = new Map<string, readonly Buffer[]>();
  for (const [id, { images = [] }] of Object.entries(history.outputs)) {
    const views = images.map(({ filename, subfolder, type }) =>
      ask(`/view?${new URLSearchParams({ filename, subfolder, type })}`),
    );
    pictures.set(
      id,
      await Promise.all(views.map(async (view) => Buffer.from(await (await view).arrayBuffer()))),
    );
  }
  return pictures;
}

// npx tsx examples/run-on-comfyui.ts run.json http://127.0.0.1:8188 out. An existing image must have been uploaded.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [config = '', url = 'http://127.0.0.1:8188', folder = 'out'] = process.argv.slice(2);
  const { prompt } = toComfyPrompt(buildStagePlan(JSON.parse(readFileSync(config, 'utf8'))));
  mkdirSync(folder, { recursive: true });
  for (const [id, pictures] of await runOnComfyui(prompt, { url }))
    for (const [index, png] of pictures.entries()) writeFileSync(`${folder}/${id}-${index + 1}.png`, png);
}
