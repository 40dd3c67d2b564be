import type { Cluster } from '../model/flux-kustomization';
import { baseName } from '../tree/path';
import type { Repository } from '../model/repository';

/** The Flux Kustomization that `flux bootstrap` makes, which applies the folder of its cluster. */
export const BOOTSTRAP = 'flux-system/flux-system';

export function isBootstrapFile(path: string): boolean {
  return path.endsWith('gotk-sync.yaml') && baseName(path) === 'gotk-sync.yaml';
}

/**
 * Whether a cluster's folder is one that `flux bootstrap` fills in: it may be a template, whose gotk-sync.yaml holds nothing
 * yet. What lies in the folder is applied from there all the same.
 */
export function isTemplateOfBootstrap({ name, kustomizations }: Cluster, { tree }: Repository): boolean {
  const isThere = tree.has(`${name}/flux-system/gotk-sync.yaml`) || tree.has(`${name}/gotk-sync.yaml`);
  return isThere && !kustomizations.some(({ key }) => key === BOOTSTRAP);
}
