import type { Rule } from '../rule';
import { invalidSuppression } from './invalid-suppression';
import { unusedSuppression } from './unused-suppression';

/** What is wrong with how findings are suppressed. */
export const suppressionRules: readonly Rule[] = [invalidSuppression, unusedSuppression];
