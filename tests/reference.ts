import * as z from 'zod';

/** The part of JSON Schema that the schemas of runs and plans use. */
const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  description: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  get anyOf() {
    return z.array(Schema).optional();
  },
  get oneOf() {
    return z.array(Schema).optional();
  },
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
  pattern: z.string().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  exclusiveMaximum: z.number().optional(),
  multipleOf: z.number().optional(),
});
export type Schema = z.output<typeof Schema>;

/** One field as a reference has it. */
export interface Field {
  /** From the outermost object: `img2img.mask.blur`, `adetailer[].model`. */
  readonly path: string;
  readonly type: string;
  readonly default: string;
  readonly meaning: string;
}

/**
 * Every field of a schema, those of nested objects behind the one that holds them. A field of several branches is one, or
 * several where it means something else in each.
 */
export function fieldsOf(schema: object, prefix = ''): readonly Field[] {
  const branches = objectsIn(Schema.parse(schema));
  const names = new Set(branches.flatMap(({ properties = {} }) => Object.keys(properties)));
  return [...names].flatMap((name) => {
    const found = branches.flatMap((branch): readonly Schema[] => {
      const field = branch.properties?.[name];
      return field === undefined ? [] : [field];
    });
    const path = `${prefix}${name}`;
    return [
      ...meaningsOf(path, found),
      ...(found[0] === undefined ? [] : fieldsOf({ anyOf: found }, inside(path, found))),
    ];
  });
}

/** A table of fields in Markdown: their paths and types, then these columns, then their meanings. */
export function tableOf(
  fields: readonly Field[],
  columns: Readonly<Record<string, (field: Field) => string>> = {},
): string {
  const head = ['Field', 'Type', ...Object.keys(columns), 'Meaning'];
  const rows = fields.map((field) => [
    `\`${field.path}\``,
    field.type,
    ...Object.values(columns).map((column) => column(field)),
    field.meaning,
  ]);
  const lines = [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return `${lines.join('\n')}\n`;
}

function meaningsOf(path: string, found: readonly Schema[]): readonly Field[] {
  return [...new Set(found.map(({ description = '' }) => description))].map((meaning) => {
    const same = found.filter(({ description = '' }) => description === meaning);
    const [first] = same;
    return {
      path,
      type: typeOf({ anyOf: same }),
      default: first?.default === undefined ? '' : `\`${JSON.stringify(first.default)}\``,
      meaning,
    };
  });
}

function objectsIn(schema: Schema): readonly Schema[] {
  const { properties, items, anyOf = [], oneOf = [] } = schema;
  if (properties !== undefined) return [schema];
  return [...anyOf, ...oneOf, ...(items === undefined ? [] : [items])].flatMap(objectsIn);
}

function inside(path: string, found: readonly Schema[]): string {
  const listed = found.some(function holdsList({ type, anyOf = [] }): boolean {
    return type === 'array' || anyOf.some(holdsList);
  });
  return listed ? `${path}[].` : `${path}.`;
}

function typeOf(schema: Schema): string {
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined)
    return [...new Set(branches.flatMap((branch) => typeOf(branch).split(' or ')))].join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' or ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return [schema.type, ...boundsOf(schema)].join(', ');
    case 'array':
      return [`list of ${typeOf(schema.items ?? {})}`, ...lengthsOf(schema)].join(', ');
    default:
      return schema.type ?? 'any JSON';
  }
}

function boundsOf(schema: Schema): readonly string[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const over = exclusiveMinimum === undefined ? [] : [`over ${exclusiveMinimum}`];
  const under = exclusiveMaximum === undefined ? [] : [`under ${exclusiveMaximum}`];
  const from = minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? [] : [`at least ${minimum}`];
  const to = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? [] : [`at most ${maximum}`];
  return [
    ...over,
    ...from,
    ...under,
    ...to,
    ...(multipleOf === undefined ? [] : [`a multiple of ${multipleOf}`]),
  ];
}

function lengthsOf({ minItems, maxItems }: Schema): readonly string[] {
  return [
    ...(minItems === undefined ? [] : [`at least ${minItems}`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
  ];
}
