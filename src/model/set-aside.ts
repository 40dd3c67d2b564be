import { baseName } from '../tree/path';

/** Folders whose names say that nobody runs what lies in them: archives, templates to copy, hidden ones. */
const SET_ASIDE = /^(\..+|_?(archived?|attic|deprecated|disabled|unused|templates?|examples?|samples?|boilerplates?|skeletons?|scaffold(ing)?))$|[-_.](template|archived?)$/i;

/** Whether a path says of itself that it is kept, or copied from, and not applied as it is. */
export function isSetAside(path: string): boolean {
  const steps = path.split('/');
  return steps.slice(0, -1).some((step) => SET_ASIDE.test(step)) || /(^|[-_.])(template|disabled|example|sample)([-_.][^.]*)?\.ya?ml$/i.test(baseName(path));
}

/** Whether a name has yet to be filled in: by substitution, a template program or a person. */
export function isPlaceholder(text: string): boolean {
  return /\$\{|\{\{|<[^>]*>|\$\(/.test(text);
}
