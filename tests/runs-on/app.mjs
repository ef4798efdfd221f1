import { buildStagePlan, planFingerprint } from 'stageplan';
import { run } from './run.mjs';

console.log(planFingerprint(buildStagePlan(run)));
