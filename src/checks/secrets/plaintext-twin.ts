import type { Rule } from '../rule';
import { encryptedFilesOf, textOf } from './encrypted-files';

export const plaintextTwin: Rule = {
  id: 'plaintext-twin',
  severity: 'error',
  why: 'The decrypted copy beside an encrypted file is one "git add" away from being published; if Git has it already, it is.',
  example: `database.enc.yaml # encrypted
database.dec.yaml # the same, readable, and not in .gitignore`,
  fix: 'delete it, or add its name to .gitignore; if it was pushed, change the secret',
  link: 'https://getsops.io/docs/#encrypting-using-age',
  confidential: true,

  *find(context) {
    const encrypted = encryptedFilesOf(context);
    const { tree } = context.repository;
    for (const path of encrypted.keys()) {
      for (const twin of twinsOf(path)) {
        const file = tree.get(twin);
        // what Git ignores is not in the tree
        if (file !== undefined && !encrypted.has(twin) && /^kind:\s*Secret\s*$|^\s*(stringData|data):|^[A-Z_]+=/m.test(textOf(file))) {
          yield { at: { file: twin }, message: `this looks like the decrypted copy of ${path}, and Git does not ignore it`, fix: `delete it, or add it to .gitignore: echo /${twin} >> .gitignore; if it was pushed, change the secret` };
        }
      }
    }
  },
};

/** What people and tools call a decrypted copy. */
function twinsOf(path: string): string[] {
  const [, stem = path, ending = ''] = /^(.*?)(\.[^./]+)$/.exec(path) ?? [];
  const bare = stem.replace(/[.-](enc|sops|encrypted)(\.age)?$/, '');
  const names = new Set([`${bare}.dec${ending}`, `${bare}.decrypted${ending}`, `${bare}.plain${ending}`, `${bare}.plaintext${ending}`, `${path}.dec`, `${stem}.dec${ending}`, `${stem}-decrypted${ending}`]);
  if (bare !== stem) names.add(`${bare}${ending}`);
  names.delete(path);
  return [...names];
}
