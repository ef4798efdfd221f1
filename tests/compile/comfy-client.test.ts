import { Client } from '@stable-canvas/comfyui-client';
import { expect, test } from 'vitest';
import WebSocket from 'ws';
import { standInComfyui } from '../stand-ins/comfyui.ts';
import { base, compiled } from './comfyui/comfy-fixtures.ts';

test('a client that others have written takes a graph as it is', async () => {
  const { url, seen } = standInComfyui();
  const { prompt } = compiled({ ...base, upscale_enabled: true });
  const client = new Client({ api_host: (await url).replace('http://', ''), WebSocket, fetch });
  const { images } = await client.enqueue_polling(prompt, { polling_ms: 1 });
  expect(seen).toEqual([prompt]);
  expect(images).toHaveLength(1);
});
