import { expect, test } from 'vitest';
import type { JsonValue } from '../../src/json.ts';
import { withField } from '../../src/sweep/set-field.ts';

test.each<[object, string, JsonValue, object | undefined]>([
  [{ a: 1 }, 'steps', 20, { a: 1, steps: 20 }],
  [{ steps: 1, a: 1 }, 'steps', 20, { steps: 20, a: 1 }],
  [{}, 'upscale.redraw.steps', 8, { upscale: { redraw: { steps: 8 } } }],
  [
    { upscale: { redraw: null, upscale_factor: 2 } },
    'upscale.redraw.steps',
    8,
    { upscale: { redraw: { steps: 8 }, upscale_factor: 2 } },
  ],
  [{}, 'adetailer.0.steps', 8, { adetailer: [{ steps: 8 }] }],
  [{ adetailer: { model: 'a' } }, 'adetailer.0.steps', 8, { adetailer: [{ model: 'a', steps: 8 }] }],
  [{ adetailer: { model: 'a' } }, 'adetailer.steps', 8, { adetailer: { model: 'a', steps: 8 } }],
  [
    { adetailer: [{ model: 'a' }, {}] },
    'adetailer.1',
    { model: 'b' },
    { adetailer: [{ model: 'a' }, { model: 'b' }] },
  ],
  [{ adetailer: [{}] }, 'adetailer.1.steps', 8, undefined],
  [{ adetailer: [{}] }, 'adetailer.steps', 8, undefined],
  [{ adetailer: [5] }, 'adetailer.0.steps', 8, undefined],
  [{ adetailer: [[]] }, 'adetailer.0.0', 8, undefined],
  [{ upscale: 5 }, 'upscale.steps', 8, undefined],
  [{}, 'metadata.0.1', 8, { metadata: { 0: { 1: 8 } } }],
  [{}, 'backend_options.comfyui.3.inputs', 8, { backend_options: { comfyui: { 3: { inputs: 8 } } } }],
  [{}, 'img2img.backend_options.webui.0', 8, { img2img: { backend_options: { webui: { 0: 8 } } } }],
  [{}, 'adetailer_backend_options.webui.0', 8, { adetailer_backend_options: { webui: { 0: 8 } } }],
  [
    JSON.parse('{"metadata":{"__proto__":{"x":1}}}'),
    'metadata.__proto__.y',
    8,
    JSON.parse('{"metadata":{"__proto__":{"x":1,"y":8}}}'),
  ],
  [{}, 'metadata.constructor.name', 8, { metadata: { constructor: { name: 8 } } }],
])('%j with %s %j is %j', (run, field, value, expected) => {
  const before = JSON.stringify(run);
  expect(JSON.stringify(withField(run, field, value))).toBe(JSON.stringify(expected));
  expect(JSON.stringify(run)).toBe(before);
});
