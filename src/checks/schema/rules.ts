import type { Rule } from '../rule';
import { fluxVersionNotServed } from './flux-version-not-served';
import { kubernetesApiRemoved } from './kubernetes-api-removed';
import { schema } from './schema';
import { unknownKind } from './unknown-kind';

/** Objects against the schemas of their kinds. */
export const schemaRules: readonly Rule[] = [fluxVersionNotServed, kubernetesApiRemoved, schema, unknownKind];
