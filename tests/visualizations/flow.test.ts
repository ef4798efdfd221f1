// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import mermaid from 'mermaid';
import { expect, test } from 'vitest';
import { buildStagePlan, resolveSeeds } from '../../src/index.ts';
import { toFlow } from '../../src/queue/index.ts';
import { drawFlow, type PictureFormat } from '../../visualizations/index.ts';

const { plan } = resolveSeeds(
  buildStagePlan(JSON.parse(readFileSync('examples/full-chain.json', 'utf8'))),
  () => 7,
);
const flow = toFlow(plan, { target: 'a1111' });

test('docs/flow.svg is the flow of examples/full-chain.json', async () => {
  await expect(await drawFlow(flow, 'svg')).toMatchFileSnapshot('../../docs/flow.svg');
});

test('a box says what is asked and where it waits, and an arrow that an image is handed on', async () => {
  const drawn = await drawFlow(flow, 'mermaid');
  const text = drawn.replaceAll(/#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  expect(await mermaid.parse(drawn)).toMatchObject({ diagramType: 'flowchart-v2' });
  for (const part of ['3-upscale', 'extra-single-image', 'a1111-sd_xl_base_1.0.safetensors'])
    expect(text).toContain(part);
  expect(drawn.match(/image/g)?.length).toBeGreaterThanOrEqual(3);
});

test('a plan for ComfyUI is one box', async () => {
  const one = toFlow(buildStagePlan({ txt2img_enabled: true, model: 'a.safetensors', seed: 1 }), {
    target: 'comfyui',
  });
  const drawn = (await drawFlow(one, 'mermaid')).replaceAll(/#(\d+);/g, (_, code) =>
    String.fromCharCode(Number(code)),
  );
  for (const text of ['a plan as 1 job', 'comfyui', '1-txt2img', 'comfyui-a.safetensors'])
    expect(drawn).toContain(text);
});

test('as JSON it is the flow itself, and an unknown format is refused', async () => {
  expect(JSON.parse(await drawFlow(flow, 'json'))).toEqual(flow);
  await expect(drawFlow(flow, 'png' as PictureFormat)).rejects.toThrow('format must be one of');
});
