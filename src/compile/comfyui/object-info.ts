import { isPlainObject } from '../../json.ts';

/** What a server says of its nodes: the JSON of `GET /object_info`. */
export type ObjectInfo = Readonly<Record<string, unknown>>;

/** An input as a node declares it. */
export interface DeclaredInput {
  readonly type: string;
  readonly required: boolean;
  /** What may be chosen, or null where it is no choice. */
  readonly options: readonly unknown[] | null;
  /** Whether the server itself looks whether the choice is among the options. */
  readonly listed: boolean;
  /** Whether the choice is a file that can be uploaded. */
  readonly upload: boolean;
  readonly min: number | null;
  readonly max: number | null;
}

/** A node as a server declares it. */
export interface DeclaredNode {
  readonly inputs: ReadonlyMap<string, DeclaredInput>;
  readonly outputs: readonly string[];
  readonly isOutput: boolean;
}

/** The declaration of a node, or undefined where the server has no such node. */
export function declaredNode(info: ObjectInfo, classType: string): DeclaredNode | undefined {
  const node = Object.hasOwn(info, classType) ? info[classType] : undefined;
  if (!isPlainObject(node)) return undefined;
  const { required, optional } = objectOf(node.input);
  return {
    inputs: new Map([...inputsOf(required, true), ...inputsOf(optional, false)]),
    outputs: Array.isArray(node.output) ? node.output.map(typeName) : [],
    isOutput: node.output_node === true,
  };
}

function inputsOf(group: unknown, required: boolean): readonly (readonly [string, DeclaredInput])[] {
  return Object.entries(objectOf(group)).map(([name, declared]) => {
    const [type, settings] = Array.isArray(declared) ? declared : [declared];
    return [name, declaredInput(type, objectOf(settings), required)];
  });
}

/** A choice is written in two ways: `[["a", "b"], {}]`, and of newer nodes `["COMBO", { "options": ["a", "b"] }]`. */
function declaredInput(
  type: unknown,
  settings: Readonly<Record<string, unknown>>,
  required: boolean,
): DeclaredInput {
  const { options, min, max, image_upload } = settings;
  const older = Array.isArray(type);
  return {
    type: typeName(type),
    required,
    options: older ? type : type === 'COMBO' && Array.isArray(options) ? options : null,
    listed: older,
    upload: image_upload === true,
    min: typeof min === 'number' ? min : null,
    max: typeof max === 'number' ? max : null,
  };
}

function typeName(type: unknown): string {
  return Array.isArray(type) ? 'COMBO' : String(type);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainObject(value) ? value : {};
}
