import type { Rule } from '../rule';
import { classMissing } from './class-missing';
import { configMapMissing } from './config-map-missing';
import { credentialsUnknown } from './credentials-unknown';
import { keyMissing } from './key-missing';
import { scaleTargetMissing } from './scale-target-missing';
import { secretMissing } from './secret-missing';
import { secretStoreMissing } from './secret-store-missing';
import { selectorDiffersFromTemplate } from './selector-differs-from-template';
import { selectorMatchesNothing } from './selector-matches-nothing';
import { serviceAccountMissing } from './service-account-missing';
import { serviceMissing } from './service-missing';
import { servicePortMissing } from './service-port-missing';
import { targetPortMissing } from './target-port-missing';
import { volumeClaimMissing } from './volume-claim-missing';

/** Names of other objects, and whether those are there. */
export const referenceRules: readonly Rule[] = [
  configMapMissing, secretMissing, credentialsUnknown, serviceAccountMissing, volumeClaimMissing, serviceMissing, classMissing, secretStoreMissing, scaleTargetMissing,
  keyMissing, servicePortMissing, targetPortMissing, selectorMatchesNothing, selectorDiffersFromTemplate,
];
