import { covers, coverageOf, goRegExp, type SopsRule } from '../../sops/rule';
import { readSopsFile } from '../../sops/encrypted-file';
import { baseName } from '../../tree/path';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';
import { encryptedFilesOf, sopsRuleFor, textOf } from './encrypted-files';

export const notEncrypted: Rule = {
  id: 'not-encrypted',
  severity: 'error',
  why: 'A file that .sops.yaml says is encrypted, and that is not, was meant to be secret: somebody forgot to encrypt it before the commit.',
  example: `# .sops.yaml
creation_rules:
  - path_regex: .*\\.enc\\.yaml
# and database.enc.yaml holds its values in plaintext`,
  fix: 'run: sops --encrypt --in-place FILE, and change the secret where it is used: it was readable',
  link: 'https://getsops.io/docs/#using-sopsyaml-conf-to-select-kms-pgp-and-age-for-new-files',
  confidential: true,

  *find(context) {
    const encrypted = encryptedFilesOf(context);
    for (const file of context.repository.tree) {
      if (encrypted.has(file.path) || baseName(file.path) === '.sops.yaml') continue;
      const found = sopsRuleFor(context, file.path);
      if (found === undefined || !isMeantForSecrets(context, found.rule)) continue;
      const line = plaintextLine(file.path, textOf(file), found.rule);
      if (line !== undefined) yield { at: { file: file.path, line }, message: `${found.file} says that this file is encrypted (path_regex ${JSON.stringify(found.rule.pathRegex)}), and it is not`, fix: `run: sops --encrypt --in-place ${file.path}, and change the secret where it is used: it was readable` };
    }
  },
};

/** A rule for all files says how to encrypt them if one wants to, not that they are. */
function isMeantForSecrets({ repository: { tree } }: CheckContext, { pathRegex }: SopsRule): boolean {
  const pattern = pathRegex === undefined ? undefined : goRegExp(pathRegex);
  if (pattern === undefined) return false;
  const paths = [...tree.paths()].filter((path) => /\.ya?ml$/.test(path));
  return paths.length === 0 || paths.filter((path) => pattern.test(path)).length <= Math.max(1, paths.length / 3);
}

/** The line of the first value that the rule would encrypt. */
function plaintextLine(path: string, text: string, rule: SopsRule): number | undefined {
  if (!/\.(ya?ml|json|env|ini)$/.test(path)) return text.trim() === '' ? undefined : 1;
  try {
    return readSopsFile(path, text).values.find(({ keys, state }) => state === 'plaintext' && covers(coverageOf(rule), keys))?.line;
  } catch {
    return undefined; // no YAML, which is found elsewhere
  }
}
