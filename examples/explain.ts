import { InvalidStagePlanError, safeBuildStagePlan } from 'stageplan';

const result = safeBuildStagePlan({ adetailer_enabled: true });

if (!result.success && result.error instanceof InvalidStagePlanError) {
  const { rejections, fixes } = result.error;
  for (const { code, message } of rejections) console.log(`${code}: ${message}`);
  for (const { message, change, options } of fixes)
    console.log(`${message}: merge ${JSON.stringify({ change, options })}`);
}
