import type { Rule } from '../rule';
import { automationReachesOthers } from './automation-reaches-others';
import { databaseCrossesMajor } from './database-crosses-major';
import { imageRepositoryMissing } from './image-repository-missing';
import { imageWithoutTag } from './image-without-tag';
import { markedTagLowered } from './marked-tag-lowered';
import { markedTagUnselectable } from './marked-tag-unselectable';
import { markerUnseen } from './marker-unseen';
import { markerWithoutAutomation } from './marker-without-automation';
import { markerWithoutPolicy } from './marker-without-policy';
import { policyPatternInvalid } from './policy-pattern-invalid';
import { pushBranchDiffers } from './push-branch-differs';

/** Images, and Flux's image automation. */
export const imageRules: readonly Rule[] = [
  automationReachesOthers, databaseCrossesMajor, imageRepositoryMissing, imageWithoutTag, markedTagLowered, markedTagUnselectable,
  markerUnseen, markerWithoutAutomation, markerWithoutPolicy, policyPatternInvalid, pushBranchDiffers,
];
