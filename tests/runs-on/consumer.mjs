import { existsSync, readFileSync } from 'node:fs';
import { buildStagePlan, planFingerprint, safeBuildStagePlan, verifyStagePlan } from 'stageplan';
import { importFile } from 'stageplan/import';
import { planSweep } from 'stageplan/sweep';
import { toWebuiRequests } from 'stageplan/webui';
import { run } from './run.mjs';

const plan = buildStagePlan(run);
const refused = safeBuildStagePlan({ adetailer_enabled: true, txt2img_enabled: false });
const home = 'node_modules/stageplan/';
const links = readFileSync(`${home}README.md`, 'utf8').matchAll(/\]\((?!\w+:)([^)#]+)/g);
const answers = [
  verifyStagePlan(JSON.parse(JSON.stringify(plan))).valid,
  !refused.success,
  toWebuiRequests(plan, { target: 'a1111' }).length > 0,
  [...planSweep(run, [{ field: 'steps', values: [10, 20] }])].length === 2,
  importFile(new TextEncoder().encode('a lighthouse\nSteps: 20, Seed: 7, Size: 512x512')).runs.length === 1,
  Array.from(links, ([, link]) => existsSync(home + link)).every(Boolean),
];
if (answers.includes(false)) throw new Error(`not all of it works: ${answers}`);
console.log(planFingerprint(plan));
