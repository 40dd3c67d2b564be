import { liesIn } from '../../model/commented-references';
import { isKustomizationPath } from '../../model/kustomization-file';
import { isSetAside } from '../../model/set-aside';
import { identityTitle, type SourceObject } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import type { File } from '../../tree/file';
import type { Rule } from '../rule';
import { listed } from './cluster-facts';
import { listIn } from './list-in';
import { leftOut, namedPaths, reachedFiles } from '../reached-files';

export const fileNotListed: Rule = {
  id: 'file-not-listed',
  severity: 'warning',
  why: 'A folder with a kustomization.yaml is built from what that lists, and from nothing else: a manifest beside it that is not listed is not applied.',
  example: `# shop/kustomization.yaml; shop/service.yaml lies beside it
resources:
  - deployment.yaml`,
  fix: 'list the file among the resources, or delete it',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',
  yieldsTo: ['file-missing', 'kustomize-field-unknown'], // of a name that is mistyped, the file beside it is the other half

  *find(context) {
    const { repository } = context;
    const reached = reachedFiles(context);
    const named = namedPaths(repository);
    for (const { directory, path } of repository.kustomizations.values()) {
      if (!reached.has(path) || isSetAside(path)) continue;
      for (const file of repository.filesIn(directory)) {
        if (isKustomizationPath(file) || reached.has(file) || named.has(file) || isSetAside(file) || liesIn(file, leftOut(repository))) continue;
        const objects = repository.objectsIn(file).filter(isForCluster);
        if (objects.length === 0 || objects.some(isFluxKustomization) || saysByHand(repository.tree.get(file))) continue;
        yield {
          at: { file, line: objects[0]!.line },
          message: `${listed(objects.map(identityTitle))} ${objects.length === 1 ? 'is' : 'are'} not applied: ${path} does not list this file`,
          fix: listIn(path, file, repository),
          about: [path],
        };
      }
    }
  },
};

/** Whether a comment says that a person applies the file: a backup on demand, a restore. */
function saysByHand(file: File | undefined): boolean {
  return file?.type === 'manifests' && /^[ \t]*#.*(kubectl (apply|create|replace)|not (synced|applied)|by hand|manually)/im.test(file.text);
}

/** What other programs read has a kind, too. */
function isForCluster({ group, apiVersion, kind }: SourceObject): boolean {
  return !/^(kustomize\.config\.k8s\.io|config\.kubernetes\.io|kind\.x-k8s\.io|kubeadm\.k8s\.io|eksctl\.io|skaffold|builtin|audit\.k8s\.io|client\.authentication\.k8s\.io|config\.karmada\.io|argocd-image-updater)/.test(group)
    && !/^(skaffold|builtin|v2)/.test(apiVersion) && !(kind === 'Config' && apiVersion === 'v1') && !kind.endsWith('Transformer') && !kind.endsWith('Generator');
}
