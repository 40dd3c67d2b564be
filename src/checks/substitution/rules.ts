import type { Rule } from '../rule';
import { scriptVariableSubstituted } from './script-variable-substituted';
import { substitutionFailed } from './substitution-failed';
import { variableChangesType } from './variable-changes-type';
import { variableNameInvalid } from './variable-name-invalid';
import { variableNotSubstituted } from './variable-not-substituted';
import { variableUnset } from './variable-unset';
import { variableUnused } from './variable-unused';

/** Variables that Flux substitutes. */
export const substitutionRules: readonly Rule[] = [variableUnset, variableNotSubstituted, scriptVariableSubstituted, substitutionFailed, variableChangesType, variableNameInvalid, variableUnused];
