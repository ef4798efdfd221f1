/** The checkpoints that the boxes have. */
export const checkpoints = ['base.safetensors', 'ink.safetensors'];

const { hostname, port } = new URL(process.env.STAGEPLAN_REDIS ?? 'redis://127.0.0.1:6379');

/** Redis or Valkey, as BullMQ takes it: a worker waits for one that is gone for a while. */
export const connection = { host: hostname, port: Number(port), maxRetriesPerRequest: null };
