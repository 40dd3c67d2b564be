import { at, listAt } from '../../model/fields';
import type { KustomizationFile } from '../../model/kustomization-file';
import { isSetAside } from '../../model/set-aside';
import type { Rule } from '../rule';

export const kustomizeFieldDeprecated: Rule = {
  id: 'kustomize-field-deprecated',
  severity: 'notice',
  why: 'These fields still work, and kustomize means to drop them with its next API version. Each is told once, at the first file that has it.',
  example: `bases:
  - ../base`,
  fix: 'run "kustomize edit fix" in the folder',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',

  *find({ repository }) {
    const files = [...repository.kustomizations.values()].filter(({ path }) => !isSetAside(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
    for (const [field, successor] of DEPRECATED) {
      const users = files.filter((file) => has(file, field));
      if (users.length === 0) continue;
      const others = users.length === 1 ? '' : `, here and in ${users.length - 1} more ${users.length === 2 ? 'file' : 'files'}`;
      yield { at: { file: users[0]!.path, path: field === 'env' ? envPath(users[0]!) : [field] }, message: `${field} is deprecated${others}`, fix: successor };
    }
  },
};

/** What replaces each field. */
const DEPRECATED: readonly (readonly [string, string])[] = [
  ['bases', 'list them under resources'],
  ['patchesStrategicMerge', 'write "patches: [{ path: … }]"'],
  ['patchesJson6902', 'write "patches:", with the same path and target'],
  ['commonLabels', 'write "labels: [{ pairs: …, includeSelectors: true }]", which keeps the selectors as they are'],
  ['vars', 'write replacements'],
  ['imageTags', 'write "images:"'],
  ['helmChartInflationGenerator', 'make it a HelmRelease: Flux builds no charts by kustomize'],
  ['env', 'write "envs: [ … ]"'],
];

function has(file: KustomizationFile, field: string): boolean {
  return field === 'env' ? envPath(file).length > 0 : at(file.data, field) !== undefined;
}

function envPath({ data }: KustomizationFile): (string | number)[] {
  for (const generator of ['configMapGenerator', 'secretGenerator']) {
    const index = listAt(data, generator).findIndex((entry) => typeof at(entry, 'env') === 'string');
    if (index >= 0) return [generator, index, 'env'];
  }
  return [];
}
