import { graphRules } from './graph/rules';
import { imageRules } from './images/rules';
import { kustomizeRules } from './kustomize/rules';
import { layoutRules } from './layout/rules';
import { networkingRules } from './networking/rules';
import { postgresRules } from './postgres/rules';
import { referenceRules } from './references/rules';
import type { Rule } from './rule';
import { schemaRules } from './schema/rules';
import { secretRules } from './secrets/rules';
import { substitutionRules } from './substitution/rules';
import { suppressionRules } from './suppressions/rules';

/** Rules about one thing, as a person reads them. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** A group for each folder with rules. */
export const ruleGroups: readonly RuleGroup[] = [
  { title: 'Flux Kustomizations', rules: graphRules },
  { title: 'kustomize', rules: kustomizeRules },
  { title: 'Substitution', rules: substitutionRules },
  { title: 'Images', rules: imageRules },
  { title: 'Schemas and versions', rules: schemaRules },
  { title: 'Secrets', rules: secretRules },
  { title: 'Databases', rules: postgresRules },
  { title: 'Ingress and mesh', rules: networkingRules },
  { title: 'References', rules: referenceRules },
  { title: 'Layout', rules: layoutRules },
  { title: 'Suppressions', rules: suppressionRules },
];

/** Everything that `fluxwright check` looks for. */
export const rules: readonly Rule[] = ruleGroups.flatMap((group) => group.rules);
