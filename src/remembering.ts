/** The results that are kept: more than one run of values has, and few enough to be small. */
const mostRemembered = 4096;

/** A pure function of JSON that remembers the last of its results, by the text of what it was asked. */
export function remembering<Value, Result>(make: (value: Value) => Result): (value: Value) => Result {
  const known = new Map<string, { readonly result: Result }>();
  return (value) => {
    const text = JSON.stringify(value);
    const kept = known.get(text) ?? { result: make(value) };
    if (known.size >= mostRemembered) known.clear();
    known.set(text, kept);
    return kept.result;
  };
}
