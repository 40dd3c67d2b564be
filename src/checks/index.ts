import { graphRules } from './graph/rules';
import type { Rule } from './rule';

/** Everything that `fluxwright check` looks for. */
export const rules: readonly Rule[] = [...graphRules];
