import { expect, test, vi } from 'vitest';

/** What a worked example prints. */
async function printed(file: string): Promise<readonly string[]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(/* @vite-ignore */ `../examples/${file}`);
  const lines = log.mock.calls.map((words) => words.join(' '));
  log.mockRestore();
  return lines;
}

test('detail, upscale, detail: a known stage stands in a sequence twice, each time with settings of its own', async () => {
  expect(await printed('detail-twice.ts')).toEqual([
    '1-txt2img',
    '2-adetailer: face_yolov8n.pt',
    '3-upscale',
    '4-second_detail: hand_yolov8n.pt',
    'true',
    'stage.txt2img, plan.finished',
  ]);
});

test('two img2img: an existing image is redrawn strongly, then weakly', async () => {
  expect(await printed('redraw-twice.ts')).toEqual([
    '1-img2img: denoise 0.7, 20 steps',
    '2-second_img2img: denoise 0.2, 12 steps',
  ]);
});

test('the canon of StableNew 2.6 ends with a video, which is no image', async () => {
  expect(await printed('video-last.ts')).toEqual([
    '1-txt2img',
    '2-adetailer',
    '3-upscale',
    '4-animate: 5 s of video, an image: false',
  ]);
});
