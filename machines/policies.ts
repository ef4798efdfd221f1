/** One thing that the caller of a plan may allow or forbid. */
interface Policy {
  /** Whether it is allowed where the caller says nothing. */
  readonly default: boolean;
  /** A few words for a switch on a page. */
  readonly label: string;
  /** What is allowed, behind "allow" or "forbid". */
  readonly allows: string;
  /** Another policy that must be open as well. */
  readonly needs?: 'externalInput';
}

/**
 * What the caller of a plan allows, by name. A sequence's guards bear these names.
 *
 * Option types, flags of the command line, switches of the explorer and keys of caches are made of this table.
 */
export const policies = {
  externalInput: {
    default: true,
    label: 'Start from an existing image',
    allows: 'plans that start from an existing image',
  },
  standaloneUpscale: {
    default: false,
    label: 'An upscale alone is a plan',
    allows: 'an upscale with no generation before it',
    needs: 'externalInput',
  },
  standaloneAdetailer: {
    default: false,
    label: 'ADetailer on an existing image is a plan',
    allows: 'ADetailer with no generation before it',
    needs: 'externalInput',
  },
} as const satisfies Readonly<Record<string, Policy>>;

// Guards ask this table at every walk.
for (const policy of Object.values(policies)) Object.freeze(policy);
Object.freeze(policies);

export type PolicyName = keyof typeof policies;

/** What the caller of a plan allows. A sequence takes it as input and keeps it as its whole context. */
export type SequencePolicies = Readonly<Record<PolicyName, boolean>>;

/** The names of the policies. */
export const policyNames: readonly PolicyName[] = Object.keys(policies).filter(isPolicyName);

/** The policies of a caller who says nothing. */
export const defaultPolicies: SequencePolicies = policiesBy((name) => policies[name].default);

/** The policies under which everything is allowed. */
export const everythingAllowed: SequencePolicies = policiesBy(() => true);

/** Every way to set the policies, the widest first. */
export const everyPolicy: readonly SequencePolicies[] = Array.from(
  { length: 2 ** policyNames.length },
  (_, bits) =>
    policiesBy((name) => ((bits >> (policyNames.length - 1 - policyNames.indexOf(name))) & 1) === 0),
);

/** Sets each policy by its name. */
export function policiesBy(allows: (name: PolicyName) => boolean): SequencePolicies {
  // Object.fromEntries forgets which keys it was given.
  return Object.freeze(
    Object.fromEntries(policyNames.map((name) => [name, allows(name)])),
  ) as SequencePolicies;
}

/** Whether a policy is open, and the one that it needs as well. */
export function isOpen(name: PolicyName, open: SequencePolicies): boolean {
  const { needs }: Policy = policies[name];
  return open[name] && (needs === undefined || open[needs]);
}

/** Tells the name of a policy from any other key. */
export function isPolicyName(name: string): name is PolicyName {
  return Object.hasOwn(policies, name);
}
