import type { Rule } from '../rule';
import { dependsOnMissing } from './depends-on-missing';

/** Flux Kustomizations, what they apply and in which order. */
export const graphRules: readonly Rule[] = [dependsOnMissing];
