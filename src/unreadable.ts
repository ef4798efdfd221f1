/**
 * What the getters or proxies in a value throw when it is read. undefined: all of it can be read. Linear in its objects,
 * each of which is read once.
 */
export function unreadable(value: unknown): string | undefined {
  const objects = new Set([value]);
  try {
    for (const object of objects)
      if (typeof object === 'object' && object !== null)
        for (const inner of Object.values(object)) if (typeof inner === 'object') objects.add(inner);
  } catch (error) {
    return String(error);
  }
  return undefined;
}
