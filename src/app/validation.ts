import type { UserError } from '../errors';
import type { GitopsApp } from './gitops-app';
import type { PlacedDirectory } from './layout';

/** What only the whole model can know, found before anything is written. */
export function validateTree(app: GitopsApp, directories: readonly PlacedDirectory[]): UserError[] {
  void [app, directories];
  return [];
}
