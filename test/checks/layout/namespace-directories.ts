import { bootstrapped, kustomization, object, type Files } from '../check-tree';

/** A tree that keeps each namespace in a directory of its name, as the rules about layout know it. */
export const NAMESPACE_DIRECTORIES: Files = {
  ...bootstrapped('k8s/flux-system'),
  ...namespaceDirectory('shop'),
  ...namespaceDirectory('mail'),
  ...namespaceDirectory('monitoring'),
};

export function namespaceDirectory(namespace: string): Files {
  return {
    [`k8s/${namespace}/sync.yaml`]: kustomization(namespace, `./k8s/${namespace}`),
    [`k8s/${namespace}/kustomization.yaml`]: `kind: Kustomization\nnamespace: ${namespace}\nresources:\n  - namespace.yaml\n`,
    [`k8s/${namespace}/namespace.yaml`]: object('Namespace', namespace),
  };
}

export function without(files: Files, path: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([one]) => one !== path));
}
