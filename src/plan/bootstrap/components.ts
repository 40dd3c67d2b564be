import type { Cluster } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';

/** What of Flux a cluster is to run. */
export interface Components {
  /** Such as `v2.4.0`, where the tree holds Flux's manifests. */
  readonly version: string | undefined;
  /** All but the extra ones, where that is not what Flux installs by itself. */
  readonly usual: readonly string[] | undefined;
  readonly extra: readonly string[];
}

const USUAL = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];

/** What an API group's objects need that Flux does not install by itself. */
const EXTRA: readonly (readonly [group: string, components: readonly string[]])[] = [
  ['image.toolkit.fluxcd.io', ['image-reflector-controller', 'image-automation-controller']],
  ['source.extensions.fluxcd.io', ['source-watcher']],
];

/**
 * The components that a cluster has by its manifests, and those that its objects need.
 * @param manifests the path of Flux's own manifests, where the tree has some
 */
export function componentsOf(cluster: Cluster, repository: Repository, manifests: string | undefined): Components {
  const file = manifests === undefined ? undefined : repository.tree.get(manifests);
  const text = file?.type === 'manifests' ? file.text : '';
  const installed = /^# Components: (\S+)/m.exec(text)?.[1]?.split(',');
  const groups = new Set([...cluster.kustomizations.flatMap(({ objects }) => objects), ...cluster.byHand].map(({ group }) => group));
  const needed = EXTRA.flatMap(([group, components]) => (groups.has(group) ? components : []));
  const usual = installed === undefined ? USUAL : USUAL.filter((component) => installed.includes(component));
  return {
    version: /^# Flux Version: (\S+)/m.exec(text)?.[1],
    usual: usual.length === USUAL.length ? undefined : usual,
    extra: [...new Set([...(installed ?? []).filter((component) => !USUAL.includes(component)), ...needed])],
  };
}
