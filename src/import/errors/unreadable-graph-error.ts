/** A graph of ComfyUI that is not one of the recognised shapes. */
export class UnreadableGraphError extends Error {
  override readonly name = 'UnreadableGraphError';
  /** The node at which reading stopped, or undefined where there is none to begin at. */
  readonly node: string | undefined;
  readonly class_type: string | undefined;

  constructor(fault: string, node?: string, class_type?: string) {
    const place = node === undefined ? '' : ` at node ${node} (${class_type})`;
    super(`The ComfyUI graph cannot be read as a run: reading stopped${place}, because ${fault}. ${advice}`);
    this.node = node;
    this.class_type = class_type;
  }
}

const advice =
  'What is read is one line of samplers, upscales and face detailers that ends in a node that saves the image.';
