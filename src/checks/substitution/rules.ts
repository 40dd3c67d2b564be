import type { Rule } from '../rule';

/** Variables that Flux substitutes. */
export const substitutionRules: readonly Rule[] = [];
