import type { Rule } from '../rule';
import { artifactIncomplete } from './artifact-incomplete';
import { crdNotReady } from './crd-not-ready';
import { dependencyNotWaitedFor } from './dependency-not-waited-for';
import { dependsOnCrossesKinds } from './depends-on-crosses-kinds';
import { dependsOnCycle } from './depends-on-cycle';
import { dependsOnMissing } from './depends-on-missing';
import { fileMissing } from './file-missing';
import { fileNotListed } from './file-not-listed';
import { healthCheckMissing } from './health-check-missing';
import { kustomizationNotApplied } from './kustomization-not-applied';
import { kustomizeBuildFailed } from './kustomize-build-failed';
import { namespaceMissing } from './namespace-missing';
import { objectAppliedTwice } from './object-applied-twice';
import { pathInsidePath } from './path-inside-path';
import { pathMissing } from './path-missing';
import { pruneParentOff } from './prune-parent-off';
import { sourceMissing } from './source-missing';
import { waitDeadlock } from './wait-deadlock';
import { yamlInvalid } from './yaml-invalid';

/** Flux Kustomizations, what they apply and in which order. */
export const graphRules: readonly Rule[] = [
  yamlInvalid, fileMissing, fileNotListed, kustomizeBuildFailed,
  pathMissing, sourceMissing, artifactIncomplete, pathInsidePath, objectAppliedTwice, kustomizationNotApplied,
  dependsOnMissing, dependsOnCrossesKinds, dependsOnCycle, waitDeadlock, dependencyNotWaitedFor,
  crdNotReady, namespaceMissing, healthCheckMissing, pruneParentOff,
];
