import type { Rule } from '../rule';
import { namespaceDirectories } from './namespace-directories';

export const namespaceObjectMissing: Rule = {
  id: 'namespace-object-missing',
  severity: 'notice',
  why: 'A namespace that no object of the repository stands for has to be made by hand in each new cluster, and its labels are written down nowhere.',
  example: `# k8s/shop holds a Deployment and a Service in the namespace "shop", and no Namespace`,
  fix: 'add a Namespace object to the directory',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',

  *find({ repository, clusters, walker, rendered }) {
    const made = new Set(repository.objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name));
    const unbuilt = new Set<string | undefined>();
    for (const { kustomizations } of clusters) {
      for (const { path, failure, leftOut = [] } of kustomizations) if (failure !== undefined || leftOut.length > 0) unbuilt.add(path);
      for (const { objects } of kustomizations) for (const { kind, name } of objects) if (kind === 'Namespace') made.add(name);
    }
    for (const { path, namespace } of namespaceDirectories(repository)) {
      // what is fetched may bring it
      if (made.has(namespace) || BUILT_IN.has(namespace) || (!rendered && walker.walk(path).remote.length > 0) || unbuilt.has(path)) continue;
      const file = repository.kustomizations.get(path)?.path;
      const used = repository.objects.some((object) => object.namespace === namespace) || repository.kustomizations.get(path)?.data['namespace'] === namespace;
      if (file !== undefined && used) yield { at: { file }, message: `${path} holds objects of the namespace ${namespace}, and no Namespace object makes it` };
    }
  },
};

const BUILT_IN = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);
