import { textAt } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';
import type { Rule } from '../rule';
import { namespaceDirectories } from './namespace-directories';

export const directoryNamespaceDiffers: Rule = {
  id: 'directory-namespace-differs',
  severity: 'notice',
  why: 'In a tree where each directory is called like its namespace, people look for a namespace\'s objects in the directory of that name.',
  example: `# k8s/shop/kustomization.yaml
namespace: store`,
  fix: 'give the directory the name of the namespace, or move what lies in it',
  link: 'https://fluxcd.io/flux/guides/repository-structure/',

  *find({ repository }) {
    for (const { path, namespace } of namespaceDirectories(repository)) {
      const kustomization = repository.kustomizations.get(path);
      const written = textAt(kustomization?.data, 'namespace');
      if (kustomization === undefined || written === undefined || written === namespace || isPlaceholder(written)) continue;
      yield { at: { file: kustomization.path, path: ['namespace'] }, message: `${path} holds objects of the namespace ${written}, though directories here are called like theirs` };
    }
  },
};
