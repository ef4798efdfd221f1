import { listen } from './listen.ts';
import { webuiAnswer } from './webui-answers.ts';

/** Starts a stand-in WebUI for a program that has no other, and gives its address. */
export async function standIn(): Promise<string> {
  const { url } = await listen((path, bytes) => webuiAnswer(path, JSON.parse(bytes.toString())));
  return url;
}
