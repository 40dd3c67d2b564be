import { readSopsFile } from '../../sops/encrypted-file';
import { recipientsIn, recipientsOf } from '../../sops/recipients';
import type { Rule } from '../rule';
import { encryptedFilesOf, sopsRuleFor } from './encrypted-files';

export const encryptedForOthers: Rule = {
  id: 'encrypted-for-others',
  severity: 'warning',
  why: 'A file that is encrypted for other keys than its rule in .sops.yaml names was left behind when keys changed: the new ones cannot read it, or the old ones still can.',
  example: `# .sops.yaml names age1new…, and the file
sops:
  age:
    - recipient: age1old…`,
  fix: 'run: sops updatekeys FILE',
  link: 'https://getsops.io/docs/#updatekeys-command',

  *find(context) {
    for (const [path, text] of encryptedFilesOf(context)) {
      const found = sopsRuleFor(context, path);
      const metadata = metadataOf(path, text);
      if (found === undefined || metadata === undefined) continue;
      const [has, wants] = [recipientsIn(metadata), recipientsOf(found.rule)];
      const missing = wants.filter((recipient) => !has.includes(recipient));
      const extra = has.filter((recipient) => !wants.includes(recipient));
      if (wants.length === 0 || (missing.length === 0 && extra.length === 0)) continue;
      const parts = [missing.length === 0 ? '' : `not encrypted for ${missing.join(', ')}`, extra.length === 0 ? '' : `still encrypted for ${extra.join(', ')}`];
      yield { at: { file: path }, message: `this file is ${parts.filter((part) => part !== '').join(' and ')}, other than its rule in ${found.file} says`, fix: `run: sops updatekeys ${path}` };
    }
  },
};

function metadataOf(path: string, text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return readSopsFile(path, text).metadata;
  } catch {
    return undefined; // broken, which is found elsewhere
  }
}
