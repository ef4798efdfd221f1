import { serve } from './serve.ts';
import { type Body, type StandInWebui, webuiAnswer } from './webui-answers.ts';

export type { StandInWebui } from './webui-answers.ts';

/** A WebUI until the test is over, and what it was asked. */
export function standInWebui(has: StandInWebui = {}) {
  const seen: { path: string; body: Body }[] = [];
  const url = serve((path, bytes) => {
    const body = JSON.parse(bytes.toString());
    seen.push({ path, body });
    return webuiAnswer(path, body, has);
  });
  return { url, seen };
}
