import type { ComfyPrompt } from '../compile/comfyui/index.ts';
import type { ImageFrom, WebuiRequest } from '../compile/webui/index.ts';
import { isPlainObject } from '../json.ts';

/** A shell script that sends the requests of a plan, and hands images on through files. It needs curl, jq and base64. */
export function webuiCurl(requests: readonly WebuiRequest[], url: string): string {
  return script(requests.flatMap((request) => requestLines(request, url)));
}

/** A shell script that uploads the images of a graph, and queues it. It needs curl. */
export function comfyCurl(prompt: ComfyPrompt, url: string): string {
  const images = Object.entries(prompt).flatMap(
    ([
      id,
      {
        class_type,
        inputs: { image },
      },
    ]) =>
      class_type === 'LoadImage' && typeof image === 'string' && !onServer.test(image)
        ? [{ id, image, name: uploadName(id, image) }]
        : [],
  );
  const names = new Map(images.map(({ id, name }) => [id, name]));
  return script([
    ...images.map(({ image, name }) => uploadLine(image, name, url)),
    `curl -sS --fail-with-body -H 'Content-Type: application/json' -d @- ${quoted(`${url}/prompt`)} <<'JSON'`,
    JSON.stringify({ prompt: renamed(prompt, names) }),
    'JSON',
  ]);
}

function script(lines: readonly string[]): string {
  return ['#!/bin/sh', 'set -eu', ...lines, ''].join('\n');
}

/** A picture that the server has, by ComfyUI's own notation. */
const onServer = / \[(?:input|output|temp)\]$/;

/** A path that leads out of the server's folder, which it refuses. */
const elsewhere = /^(?:[\\/]|[A-Za-z]:)|(?:^|[\\/])\.\.(?:[\\/]|$)/;

/** The name that an image is uploaded under: its own, or that of its node where its own would not be taken. */
function uploadName(id: string, image: string): string {
  return elsewhere.test(image) ? `${id}${/\.\w{1,10}$/.exec(image)?.[0] ?? ''}` : image;
}

function renamed(prompt: ComfyPrompt, names: ReadonlyMap<string, string>): ComfyPrompt {
  const nodes = Object.entries(prompt).map(([id, node]) => {
    const image = names.get(id);
    return [id, image === undefined ? node : { ...node, inputs: { ...node.inputs, image } }] as const;
  });
  return Object.fromEntries(nodes);
}

/** The server keeps the folder of a name, so that the graph finds the image under it. */
function uploadLine(image: string, name: string, url: string): string {
  const at = name.lastIndexOf('/');
  const folder = name.slice(0, Math.max(0, at));
  const file = `image=@${inForm(image)};filename=${inForm(name.slice(at + 1))}`;
  const form = ['-F', quoted(file), '-F overwrite=true'];
  const within = folder === '' ? [] : ['-F', quoted(`subfolder=${folder}`)];
  const words = ['curl -sS --fail-with-body', ...form, ...within, quoted(`${url}/upload/image`)];
  return `${words.join(' ')} > upload.json`;
}

function requestLines(request: WebuiRequest, url: string): readonly string[] {
  const { id, path, body, image_from, image_field, image_result } = request;
  const keys = [...new Set(imageKeys(body))];
  const files = [
    ...(image_from === null ? [] : [{ variable: 'image', ...encodedImage(image_from, id) }]),
    ...keys.map((key, index) => ({
      variable: `named${index}`,
      file: `${id}.named-${index}.b64`,
      lines: [`base64 < ${quoted(key)} | tr -d '\\n' > ${quoted(`${id}.named-${index}.b64`)}`],
    })),
  ];
  const raw = files.map(({ variable, file }) => `--rawfile ${variable} ${quoted(file)}`);
  const filled = [
    ...(image_field === null ? [] : [`.${image_field} = ${image_field === 'image' ? '$image' : '[$image]'}`]),
    ...keys.map(
      (key, index) =>
        `walk(if type == "object" and .["$image"] == ${JSON.stringify(key)} then $named${index} else . end)`,
    ),
  ];
  const answer = quoted(`${id}.answer.json`);
  const images = image_result === 'image' ? '.image' : '.images[]';
  return [
    ...files.flatMap(({ lines }) => lines),
    `jq ${[...raw, quoted(filled.join(' | ') || '.')].join(' ')} <<'JSON' |`,
    JSON.stringify(body),
    'JSON',
    `curl -sS --fail-with-body -H 'Content-Type: application/json' -d @- ${quoted(url + path)} > ${answer}`,
    `jq -r '${images}' ${answer} > ${quoted(`${id}.b64`)}`,
    `sed -n 1p ${quoted(`${id}.b64`)} | base64 -d > ${quoted(`${id}.png`)}`,
  ];
}

/** The file that has an image in base64, and the lines that make it. */
function encodedImage(from: ImageFrom, id: string) {
  const file = `${id}.image.b64`;
  const encode =
    from.source === 'external'
      ? `base64 < ${quoted(from.image ?? 'input.png')} | tr -d '\\n'`
      : `sed -n ${from.image + 1}p ${quoted(`${from.id}.b64`)} | tr -d '\\n'`;
  return { file, lines: [`${encode} > ${quoted(file)}`] };
}

function imageKeys(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(imageKeys);
  if (!isPlainObject(value)) return [];
  return typeof value.$image === 'string' ? [value.$image] : Object.values(value).flatMap(imageKeys);
}

/** A text in a form of curl. */
function inForm(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** A word of the shell. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
