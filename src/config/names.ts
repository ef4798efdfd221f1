import * as z from 'zod';

/** A name that a backend looks up or a runner opens: a model, a sampler, an image. */
export const Name = z.string().regex(/\S/, 'must not be blank');

/** A name for which WebUIs have words that stand for no other one than that of the run. */
export const OwnName = z.string().regex(/^(?!\s*(?:(?:[Nn][Oo][Nn][Ee]|[Uu]se [Ss]ame \w+)\s*)?$)/, {
  error: ({ input }) =>
    /\S/.test(String(input))
      ? 'must be a name: "None" and "Use same ..." are null here, or left out'
      : 'must not be blank',
});

/** A name that a backend looks up, and for which "None" or a blank means that the whole thing is off. */
export function nameOf(what: string) {
  return z
    .string()
    .regex(/^(?!\s*(?:[Nn][Oo][Nn][Ee]\s*)?$)/, `must be ${what}: backends take "None" or a blank for off`);
}
