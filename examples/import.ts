import { readFileSync } from 'node:fs';
import { buildStagePlan } from 'stageplan';
import { formatInfotext, importImage, isLossy } from 'stageplan/import';

const { config, notes } = importImage(readFileSync('examples/import/lighthouse.png'));
const plan = buildStagePlan(config);

console.log(plan.stages.map((stage) => stage.id).join(', '));
for (const { code, message } of notes.filter(isLossy)) console.log(`${code}: ${message}`);
console.log(formatInfotext(plan).text);
