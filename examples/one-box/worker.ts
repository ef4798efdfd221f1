import { createInterface } from 'node:readline';
import { verifyStagePlan } from 'stageplan';
import { type HandedJob, jobsOf, toFlow } from 'stageplan/bullmq';
import { standIn } from '../../tests/stand-ins/listen-as-webui.ts';
import { stageRunner } from './run-stage.ts';

// The worker of many boxes, without a queue: plans come in as NDJSON, and are done one after the other.
const [given, folder = 'out'] = process.argv.slice(2);
const url = given ?? (await standIn());
const { handler, skipIfDone } = stageRunner({ url, folder });
const { signal } = new AbortController();

for await (const line of createInterface({ input: process.stdin })) {
  const verdict = verifyStagePlan(JSON.parse(line));
  if (!verdict.valid) throw new Error(verdict.problems.map(({ message }) => message).join('\n'));
  let before: HandedJob['before'] = null;
  for (const { data: job, opts } of jobsOf(
    toFlow(verdict.plan, { target: 'a1111', webui: { fanOut: true } }),
  )) {
    const handed: HandedJob = { id: opts.jobId, queue: 'none', attempt: 1, job, before };
    const done = await skipIfDone(handed);
    before = done ?? (await handler(handed, { signal, progress: async () => undefined })) ?? null;
  }
  console.log(JSON.stringify(before));
}
process.exit();
