import type { Rule } from '../rule';
import { directoryIncomplete } from './directory-incomplete';
import { directoryNamespaceDiffers } from './directory-namespace-differs';
import { namespaceObjectMissing } from './namespace-object-missing';
import { syncOutsideFluxSystem } from './sync-outside-flux-system';

/** Where things lie, for trees that keep each namespace in a directory of its name. */
export const layoutRules: readonly Rule[] = [directoryIncomplete, directoryNamespaceDiffers, syncOutsideFluxSystem, namespaceObjectMissing];
