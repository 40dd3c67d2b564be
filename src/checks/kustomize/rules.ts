import type { Rule } from '../rule';
import { componentMisplaced } from './component-misplaced';
import { generatorWithoutMatch } from './generator-without-match';
import { imageWithoutMatch } from './image-without-match';
import { kustomizeFieldDeprecated } from './kustomize-field-deprecated';
import { kustomizeFieldUnknown } from './kustomize-field-unknown';
import { namespaceClash } from './namespace-clash';
import { patchMatchesAll } from './patch-matches-all';
import { patchNotNamedByIntent } from './patch-not-named-by-intent';
import { patchPathMissing } from './patch-path-missing';
import { patchShared } from './patch-shared';
import { patchWithoutMatch } from './patch-without-match';
import { replicasWithoutMatch } from './replicas-without-match';
import { resourceTwice } from './resource-twice';
import { selectorChanged } from './selector-changed';
import { staticPatchBorrowed } from './static-patch-borrowed';

/** What kustomization files say, and what kustomize makes of it. */
export const kustomizeRules: readonly Rule[] = [
  patchWithoutMatch, patchMatchesAll, patchPathMissing, staticPatchBorrowed, patchShared, patchNotNamedByIntent,
  imageWithoutMatch, replicasWithoutMatch, generatorWithoutMatch, resourceTwice, namespaceClash, componentMisplaced, kustomizeFieldUnknown, kustomizeFieldDeprecated, selectorChanged,
];
