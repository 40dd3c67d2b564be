import { isAbsolute, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';

/** Where somebody typed a path. */
export interface TypedIn {
  /** The root of the tree, absolute. */
  readonly root: string;
  /**
   * The folder that paths are typed in, absolute: they are taken from there if they lead to something, else from the root.
   * @default the root
   */
  readonly from?: string;
}

/**
 * A typed path, from the root: messages name files from there, and shells complete from the folder that they are in.
 * @param option what it was typed for, such as `--adopt`
 * @param isThere whether there is something at a path from the root
 * @throws UserError `usage` for a path that leads to something from both, but not to the same, or out of the root
 */
export function fromRoot(typed: string, option: string, { root, from = root }: TypedIn, isThere: (path: string) => boolean): string {
  const [there, here] = [root, from].map((folder) => relative(root, resolve(folder, typed)).split(sep).join('/')) as [string, string];
  if (!isInside(here) && !isInside(there)) throw new UserError('usage', `${option} ${typed} leads out of the root, ${root}`, 'name what lies in it');
  if (!isInside(here) || (isInside(there) && !isThere(here))) return there;
  const isFromHere = isAbsolute(typed) || /^\.\.?(\/|$)/.test(typed);
  if (there === here || isFromHere || !isInside(there) || !isThere(there)) return here;
  const fromHere = relative(from, resolve(root, there)).split(sep).join('/');
  throw new UserError('usage', `${option} ${typed} is ${here} from this folder, and ${there} from the root`, `say which: ${option} ./${typed}, or ${option} ${fromHere}`);
}

function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !isAbsolute(path);
}
