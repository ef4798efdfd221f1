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

test('a box says what is asked and where it waits, and an arrow whose image is handed on', async () => {
  const drawn = await drawFlow(flow, 'mermaid');
  expect(await mermaid.parse(drawn)).toMatchObject({ diagramType: 'stateDiagram' });
  expect(drawn).toContain(
    '3-upscale<br/>\u00a0extra-single-image\u00a0<br/>\u00a0queue a1111-sd_xl_base_1.0.safetensors',
  );
  expect(drawn.match(/--> job_\d : image/g)).toEqual([
    '--> job_2 : image',
    '--> job_3 : image',
    '--> job_4 : image',
  ]);
});

test('a plan for ComfyUI is one box', async () => {
  const one = toFlow(buildStagePlan({ txt2img_enabled: true, model: 'a.safetensors', seed: 1 }), {
    target: 'comfyui',
  });
  expect(await drawFlow(one, 'mermaid')).toContain(
    'state "comfyui<br/>\u00a01-txt2img\u00a0<br/>\u00a0queue comfyui-a.safetensors\u00a0" as job_1',
  );
});

test('as JSON it is the flow itself, and an unknown format is refused', async () => {
  expect(JSON.parse(await drawFlow(flow, 'json'))).toEqual(flow);
  await expect(drawFlow(flow, 'png' as PictureFormat)).rejects.toThrow('format must be one of');
});
