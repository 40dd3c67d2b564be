import type { Rule } from '../rule';
import { fileUnreadable } from './file-unreadable';

/** Files as such, whatever they hold. */
export const fileRules: readonly Rule[] = [fileUnreadable];
