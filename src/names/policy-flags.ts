import { type PolicyName, policies } from '../../machines/policies.ts';

/** The words of a policy's flag: `standalone-upscale`. */
export function flagWords(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The flag that sets a policy otherwise than it stands by default: `--no-external-input`. */
export function policyFlag(name: PolicyName): string {
  return policies[name].default ? `--no-${flagWords(name)}` : `--${flagWords(name)}`;
}
