/** What every consumer plans, whose plan must be the same everywhere. */
export const run = {
  txt2img_enabled: true,
  prompt: 'a lighthouse',
  seed: 7,
  hires_enabled: true,
  adetailer_enabled: true,
  adetailer: { model: 'face_yolov8n.pt' },
};
