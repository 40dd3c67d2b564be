import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { isPlaceholder, isSetAside } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { isInBrokenFile, isSettled, place } from './cluster-facts';
import { dependencyKeys, helmReleasesOf } from './helm-releases';

export const dependsOnMissing: Rule = {
  id: 'depends-on-missing',
  severity: 'error',
  why: 'What depends on a Kustomization or HelmRelease that does not exist waits for it for ever, and nothing behind it is applied.',
  example: `spec:
  dependsOn:
    - name: databse # the Kustomization is called "database"`,
  fix: 'name one of the same kind and cluster, with its namespace if that is another, or drop the dependency',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *find(context) {
    for (const cluster of context.clusters) {
      const releases = helmReleasesOf(cluster);
      const [kustomizations, helmReleases] = [cluster.kustomizations.map(({ key }) => key), releases.map(({ key }) => key)];
      const names: Names = { Kustomization: kustomizations, HelmRelease: helmReleases, keys: new Set([...kustomizations.map((key) => `Kustomization ${key}`), ...helmReleases.map((key) => `HelmRelease ${key}`)]) };
      for (const kustomization of cluster.kustomizations) {
        if (kustomization.object.kind !== 'Kustomization' || !isSettled(context, kustomization.parent, kustomization.object, 'dependsOn')) continue;
        yield* missing(context, cluster, kustomization, kustomization.object, kustomization.namespace, 'Kustomization', names);
      }
      for (const { object, kustomization, namespace } of releases) {
        if (isSettled(context, kustomization, object, 'dependsOn')) yield* missing(context, cluster, kustomization, object, namespace, 'HelmRelease', names);
      }
    }
  },
};

type Kind = 'Kustomization' | 'HelmRelease';

/** What a cluster has, as `namespace/name`. */
interface Names extends Readonly<Record<Kind, readonly string[]>> {
  /** With the kind in front. */
  readonly keys: ReadonlySet<string>;
}

function* missing(context: CheckContext, cluster: Cluster, applier: FluxKustomization, object: AppliedObject, own: string, kind: Kind, names: Names): Generator<Report> {
  const known = names[kind];
  const other = names[kind === 'Kustomization' ? 'HelmRelease' : 'Kustomization'];
  for (const { key, name, namespace, index } of dependencyKeys(object.data, own)) {
    if (isPlaceholder(key) || names.keys.has(`${kind} ${key}`)) continue;
    const elsewhere = known.find((one) => one.endsWith(`/${name}`));
    // one of the other kind has its own rule
    const crosses = elsewhere === undefined && other.some((one) => one.endsWith(`/${name}`));
    if (crosses || isInBrokenFile(context, name)) continue;
    const nearest = nearestTo(name, known.filter((one) => one.startsWith(`${namespace}/`) && one !== `${own}/${object.name}`).map((one) => one.slice(namespace.length + 1)));
    yield {
      at: { object, path: ['spec', 'dependsOn', index] },
      message: `depends on the ${kind} ${key}, which does not exist in this cluster`,
      fix: elsewhere !== undefined
        ? `add "namespace: ${elsewhere.slice(0, elsewhere.indexOf('/'))}": ${kind} ${elsewhere} lies there`
        : nearest !== undefined ? `write "name: ${nearest}", if that is meant` : unapplied(context, kind, name),
      // one that is built elsewhere may apply anything; but hardly what a slip of the pen would call so
      severity: (elsewhere ?? nearest) === undefined && cluster.kustomizations.some(({ path }) => path === undefined) ? 'warning' : 'error',
      in: place(cluster, applier),
    };
  }
}

/** One that lies in the tree, and that no Kustomization of the cluster builds. */
function unapplied({ repository }: CheckContext, kind: Kind, name: string): string | undefined {
  const found = repository.objects.find((one) => one.kind === kind && one.name === name && !isSetAside(one.file));
  return found === undefined ? undefined : `have Flux apply ${found.file}: ${kind} ${name} lies there, and no Kustomization of this cluster builds it`;
}
