import { identityOf } from '../../model/source-object';
import { isMapping } from '../../model/fields';
import type { Repository } from '../../model/repository';
import { baseName } from '../../tree/path';
import type { Rule } from '../rule';
import { followsPatchNames, patchFiles } from './patch-files';

export const patchNotNamedByIntent: Rule = {
  id: 'patch-not-named-by-intent',
  severity: 'notice',
  why: 'Where patches are promoted from overlay to overlay, file by file, each is named by what it is for: "replicas.yaml", "version.yaml". One that is named by its kind says nothing about what is promoted. Only told in trees with patches that begin with "_".',
  example: `patches:
  - path: web/deployment-patch.yaml # rather web/replicas.yaml`,
  fix: 'name it by what it changes',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

  *find({ repository }) {
    if (!followsPatchNames(repository)) return;
    for (const [file, [use]] of patchFiles(repository)) {
      if (isNamedByIntent(file, repository)) continue;
      yield { at: { file: use!.kustomization.path, path: use!.path }, message: `the patch "${baseName(file)}" is named by what it is, not by what it is for` };
    }
  },
};

/** A name says something if a word is left without those for a patch, the kinds that it changes and the names of their objects. */
function isNamedByIntent(file: string, repository: Repository): boolean {
  const objects = repository.documentsIn(file).map(({ object }) => object).filter(isMapping).map(identityOf);
  const empty = new Set(['patch', 'patches', 'kustomize', 'override', 'overrides', 'overlay', 'deployment', 'statefulset', 'daemonset', 'service', 'ingress', 'configmap', 'cronjob', 'helmrelease', ...objects.flatMap(({ kind, name }) => [kind.toLowerCase(), ...words(name)])]);
  return words(baseName(file).replace(/\.[^.]+$/, '')).some((word) => !empty.has(word));
}

function words(name: string): string[] {
  return name.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
}
