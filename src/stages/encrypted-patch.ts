import { UserError } from '../errors';
import { readSopsFile } from '../sops/encrypted-file';
import { nearestRule, rulesIn } from '../sops/nearest-rule';
import { recipientsIn, recipientsOf } from '../sops/recipients';
import type { Tree } from '../tree/tree';

/** Who can read a file that SOPS wrote; undefined for one that it did not. */
export function recipientsOfText(path: string, text: string): readonly string[] | undefined {
  if (!text.includes('sops')) return undefined;
  try {
    const { metadata } = readSopsFile(path, text);
    return metadata === undefined ? undefined : recipientsIn(metadata);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return undefined; // what is wrong with it is told where it is read
  }
}

/** Who is to read a file: those of the file that is there, else those of the rule for its path; undefined where nothing says. */
export function recipientsAt(tree: Tree, path: string): readonly string[] | undefined {
  const present = tree.get(path);
  const own = present === undefined ? undefined : recipientsOfText(path, present.bytes.toString('utf8'));
  if (own !== undefined) return own;
  const rule = nearestRule(path, rulesIn(tree))?.rule;
  return rule === undefined ? undefined : recipientsOf(rule);
}
