/** What is the same of a name however it is spelled: "DPM++ 2M SDE", "dpmpp_2m_sde" and "DPM++ 2m sde" are one name. */
export function nameKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('++', 'pp')
    .replace(/[\s_-]/g, '');
}

/** Each spelling of a list of names, by its key. The first spelling is the name. */
export function nameTable(
  names: readonly (readonly [string, ...(readonly string[])])[],
): ReadonlyMap<string, string> {
  const byKey = names.flatMap((spellings) => spellings.map((name) => [nameKey(name), spellings[0]] as const));
  // A name stands for itself, which most often is what is looked up.
  return new Map([...byKey, ...names.map(([name]) => [name, name] as const)]);
}

/** The name that a spelling stands for, or undefined. */
export function lookUp(table: ReadonlyMap<string, string>, spelling: string): string | undefined {
  return table.get(spelling) ?? table.get(nameKey(spelling));
}
