import type { AppliedObject } from './applied-object';
import { textAt } from './fields';
import type { Cluster } from './flux-kustomization';
import { resolveTarget } from './kustomization-file';
import type { MarkedScalar } from './markers';
import type { Repository } from './repository';
import { identityKey } from './source-object';
import { sourceReference } from './sources';

const GROUP = 'image.toolkit.fluxcd.io';

/** Objects of Flux's image automation, with the cluster that they are applied to; undefined where nothing applies them. */
export interface Automated {
  readonly object: AppliedObject;
  readonly cluster: Cluster | undefined;
  readonly namespace: string;
}

/** An ImageUpdateAutomation, and which files it rewrites. */
export interface Automation extends Automated {
  /** The directory it works in, from the tree's root; undefined where it works on another repository or branch. */
  readonly path: string | undefined;
}

export interface ImageAutomation {
  readonly policies: readonly Automated[];
  readonly repositories: readonly Automated[];
  readonly automations: readonly Automation[];
}

/** What Flux's image automation is told by a repository. */
export function findImageAutomation(repository: Repository, clusters: readonly Cluster[]): ImageAutomation {
  const found = [...applied(clusters), ...unapplied(repository, clusters)];
  const ofKind = (kind: string): Automated[] => found.filter(({ object }) => object.kind === kind);
  return {
    policies: ofKind('ImagePolicy'),
    repositories: ofKind('ImageRepository'),
    automations: ofKind('ImageUpdateAutomation').map((one) => ({ ...one, path: workingPath(one) })),
  };
}

/** `namespace:name`, as markers name a policy. */
export function policyKey({ namespace, object }: Automated): string {
  return `${namespace}:${object.name}`;
}

/** Whether an automation goes over the file that a scalar stands in. */
export function reaches({ path }: Automation, { file }: Pick<MarkedScalar, 'file'>): boolean {
  return path !== undefined && (path === '' || file === path || file.startsWith(`${path}/`));
}

function applied(clusters: readonly Cluster[]): Automated[] {
  return clusters.flatMap((cluster) => {
    const seen = new Set<string>();
    const objects = [...cluster.kustomizations.flatMap((one) => one.objects.map((object) => ({ object, fallback: one.namespace }))), ...cluster.byHand.map((object) => ({ object, fallback: 'default' }))];
    return objects.flatMap(({ object, fallback }) => {
      if (object.group !== GROUP || seen.has(identityKey(object))) return [];
      seen.add(identityKey(object));
      return [{ object, cluster, namespace: object.namespace ?? fallback }];
    });
  });
}

/** Objects that no Flux Kustomization applies, as far as one can see: in templates, or applied by hand. */
function unapplied(repository: Repository, clusters: readonly Cluster[]): Automated[] {
  const known = new Set(clusters.flatMap(({ kustomizations, byHand }) => [...kustomizations.flatMap(({ objects }) => objects), ...byHand]).map(({ source }) => source));
  return repository.objects
    .filter((source) => source.group === GROUP && !known.has(source))
    .map((source) => ({ object: { ...source, source }, cluster: undefined, namespace: source.namespace ?? 'default' }));
}

function workingPath({ object, namespace, cluster }: Automated): string | undefined {
  const { kind } = sourceReference(object.data, namespace);
  if (kind !== 'GitRepository' || textAt(object.data, 'spec.update.path')?.includes('${') === true) return undefined;
  return resolveTarget(cluster?.root ?? '', textAt(object.data, 'spec.update.path') ?? '.');
}
