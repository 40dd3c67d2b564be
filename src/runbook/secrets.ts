import { encryptedFilesOf, sopsRuleFor, textOf } from '../checks/secrets/encrypted-files';
import { textAt } from '../model/fields';
import { shellWord } from '../publish/shell-word';
import { coverageOf, type SopsRule } from '../sops/rule';
import { readSopsRules } from '../sops/read-rules';
import { recipientsOf } from '../sops/recipients';
import { baseName, directoryOf } from '../tree/path';
import { code, codes, section, shell, table } from './markdown';
import type { Platform } from './platform';

/** Who encrypts what for whom, and what decrypts it in the cluster. */
export function secrets({ context }: Platform): string[] {
  const files = [...encryptedFilesOf(context).keys()].sort();
  const rules = [...context.repository.tree].filter(({ path }) => baseName(path) === '.sops.yaml').flatMap((file) => readSopsRules(textOf(file)).map((rule) => ({ file: file.path, rule })));
  if (files.length === 0 && rules.length === 0) return [];
  const byFolder = [...new Set(files.map(directoryOf))].map((folder) => folderRow(context, folder, files.filter((path) => directoryOf(path) === folder)));
  const [first] = files;
  return section('Secrets',
    ...table(['rule', 'files', 'encrypts', 'can decrypt'], rules.map(({ file, rule }) => [code(file), rule.pathRegex === undefined ? 'all others' : code(rule.pathRegex), encrypts(rule), codes(recipientsOf(rule))])),
    ...table(['folder', 'encrypted files', 'decrypted in the cluster by'], byFolder),
    shell(
      'fluxwright secrets status',
      ...(first === undefined ? [] : [`sops edit ${shellWord(first)}`]),
      'fluxwright secrets encrypt FILE   # a new one, before it is committed',
      `fluxwright secrets rotate         # after a change of recipients in ${first === undefined ? '.sops.yaml' : sopsRuleFor(context, first)?.file ?? '.sops.yaml'}`,
    ),
  );
}

function encrypts(rule: SopsRule): string {
  const { encryptedRegex, unencryptedRegex, encryptedSuffix, unencryptedSuffix } = coverageOf(rule);
  if (encryptedRegex != null) return code(encryptedRegex);
  if (encryptedSuffix !== undefined) return `what ends with ${code(encryptedSuffix)}`;
  if (unencryptedRegex !== undefined) return `all but ${code(unencryptedRegex)}`;
  return unencryptedSuffix === undefined ? 'everything' : `all but what ends with ${code(unencryptedSuffix)}`;
}

function folderRow({ clusters }: Platform['context'], folder: string, files: readonly string[]): string[] {
  const readers = clusters.flatMap(({ kustomizations }) => kustomizations.filter((one) => files.some((file) => one.files.has(file))));
  const ways = readers.map(({ key, data, namespace }) => {
    const secret = textAt(data, 'spec.decryption.secretRef.name');
    if (textAt(data, 'spec.decryption.provider') === undefined) return `${code(key)}, which does not decrypt`;
    return secret === undefined ? `${code(key)} with kustomize-controller's own account or key` : `${code(key)} with the Secret ${code(`${namespace}/${secret}`)}`;
  });
  return [code(folder === '' ? '.' : folder), codes(files.map(baseName), 8), ways.length === 0 ? 'no Flux Kustomization of this tree reads them' : [...new Set(ways)].join('; ')];
}
