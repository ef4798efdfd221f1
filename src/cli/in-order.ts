/**
 * Answers each input, at most `most` at once, and gives the answers in the order of the inputs, each as soon as it is there
 * and all before it are given: no answer waits for an input that has not come.
 */
export async function* inOrder<Input, Output>(
  inputs: AsyncIterable<Input>,
  most: number,
  answer: (input: Input) => Output | Promise<Output>,
): AsyncGenerator<readonly [input: Input, output: Output]> {
  const source = inputs[Symbol.asyncIterator]();
  const begun: Promise<Answered<Input, Output>>[] = [];
  let coming: Promise<Coming<Input>> | undefined;
  const begin = async (input: Input) => ({ answered: [input, await answer(input)] as const });
  try {
    for (let ended = false; !ended || begun.length > 0; ) {
      if (!ended && begun.length < most) coming ??= source.next().then((next) => ({ next }));
      const first = await Promise.race([...begun.slice(0, 1), ...(coming === undefined ? [] : [coming])]);
      if ('answered' in first) {
        begun.shift();
        yield first.answered;
        continue;
      }
      coming = undefined;
      if (first.next.done === true) ended = true;
      else begun.push(begin(first.next.value));
    }
  } finally {
    // Nobody waits for an input that may never come, nor for what is made of those that were begun.
    for (const left of [coming, source.return?.(), ...begun]) left?.catch(() => {});
  }
}

interface Answered<Input, Output> {
  readonly answered: readonly [input: Input, output: Output];
}

interface Coming<Input> {
  readonly next: IteratorResult<Input>;
}
