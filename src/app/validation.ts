import type { UserError } from '../errors';
import type { PlacedDirectory } from './layout';
import { markersWithoutPolicy } from './marker-policies';
import { objectsTakenTwice } from './object-claims';
import { invalidMetadata } from './object-names';
import { plaintextSecrets } from './plaintext-secrets';
import { unmatchedPatches } from './unmatched-patches';

/** What only the whole model can know, found before anything is written. */
export function validateTree(directories: readonly PlacedDirectory[]): UserError[] {
  return [...invalidMetadata(directories), ...objectsTakenTwice(directories), ...plaintextSecrets(directories), ...markersWithoutPolicy(directories), ...unmatchedPatches(directories)];
}
