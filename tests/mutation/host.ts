import { it } from 'vitest';

it('has run every mutant', () => undefined);
