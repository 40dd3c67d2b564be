import { UserError } from '../errors';
import { isMapping } from '../model/fields';
import { readSopsFile } from '../sops/encrypted-file';
import { nearestRule, rulesIn } from '../sops/nearest-rule';
import { recipientsIn } from '../sops/recipients';
import type { File } from '../tree/file';
import type { Tree } from '../tree/tree';
import type { Reason } from './answer';

/** What SOPS has to do with a line; undefined for a file that it did not write. */
export function encryptionOf(tree: Tree, file: File, line: number | undefined): Extract<Reason, { type: 'sops' }> | undefined {
  const text = file.bytes.toString('utf8');
  if (!/sops/.test(text)) return undefined;
  const { metadata, values } = readFile(file.path, text);
  if (!isMapping(metadata)) return undefined;
  const value = values.find((one) => one.line === line);
  const modified = metadata['lastmodified'];
  return {
    type: 'sops',
    state: line === undefined || value?.state === 'encrypted' ? 'encrypted' : value === undefined ? 'metadata' : 'plain',
    recipients: recipientsIn(metadata),
    modified: typeof modified === 'string' ? modified : undefined,
    rule: ruleOf(tree, file.path),
  };
}

function readFile(path: string, text: string): Pick<ReturnType<typeof readSopsFile>, 'metadata' | 'values'> {
  try {
    return readSopsFile(path, text);
  } catch (error) {
    if (UserError.is(error)) return { metadata: undefined, values: [] };
    throw error;
  }
}

/** The rule of the nearest `.sops.yaml`, as people find it: its file, and the paths that it is for. */
function ruleOf(tree: Tree, path: string): string | undefined {
  const { rule, file = '' } = nearestRule(path, rulesIn(tree)) ?? {};
  return rule === undefined ? undefined : `${file}${rule.pathRegex === undefined ? '' : `, path_regex ${rule.pathRegex}`}`;
}
