import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { memoized } from '../memoized';
import type { Report, Rule } from '../rule';
import { isSettled, place } from './cluster-facts';
import { dependencyKeys, helmReleasesOf } from './helm-releases';

export const dependsOnCrossesKinds: Rule = {
  id: 'depends-on-crosses-kinds',
  severity: 'error',
  why: 'dependsOn joins objects of one kind only: a Kustomization that names a HelmRelease, or the reverse, waits for one of its own kind that never comes.',
  example: `kind: Kustomization
spec:
  dependsOn:
    - name: ingress-nginx # which is a HelmRelease`,
  fix: 'depend on the Kustomization that applies the HelmRelease, and let that one wait for it',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *find(context) {
    for (const cluster of context.clusters) {
      const releases = helmReleasesOf(cluster);
      for (const kustomization of cluster.kustomizations) {
        const { object, namespace, parent } = kustomization;
        if (object.kind === 'Kustomization' && isSettled(context, parent, object, 'dependsOn')) yield* crossings(cluster, kustomization, object, namespace);
      }
      for (const { object, namespace, kustomization } of releases) {
        if (isSettled(context, kustomization, object, 'dependsOn')) yield* crossings(cluster, kustomization, object, namespace);
      }
    }
  },
};

function* crossings(cluster: Cluster, applier: FluxKustomization, object: AppliedObject, own: string): Generator<Report> {
  const isRelease = object.kind === 'HelmRelease';
  const releases = helmReleasesOf(cluster);
  const same = namesOf(cluster)[isRelease ? 'releases' : 'kustomizations'];
  for (const { name, index } of dependencyKeys(object.data, own)) {
    if (same.has(name)) continue; // in another namespace, perhaps, which has its own rule
    const release = isRelease ? undefined : releases.find((one) => one.identity.name === name);
    const kustomization = isRelease ? cluster.kustomizations.find((one) => one.name === name) : undefined;
    if (release === undefined && kustomization === undefined) continue;
    // one that is built elsewhere applies a release of the same name, most likely
    if (kustomization !== undefined && kustomization.path === undefined) continue;
    yield {
      at: { object, path: ['spec', 'dependsOn', index] },
      message: release !== undefined
        ? `depends on "${name}", which is the HelmRelease ${release.key}: a Kustomization can only depend on Kustomizations`
        : `depends on "${name}", which is the Kustomization ${kustomization!.key}: a HelmRelease can only depend on HelmReleases`,
      fix: release !== undefined
        ? `depend on ${release.kustomization.key}, which applies it, and give that one "wait: true"`
        : `move the dependency to ${applier.key}, the Kustomization that applies this HelmRelease`,
      in: `${place(cluster, applier)}`,
    };
  }
}

const namesOf = memoized((cluster: Cluster) => ({
  kustomizations: new Set(cluster.kustomizations.map(({ name }) => name)),
  releases: new Set(helmReleasesOf(cluster).map(({ identity }) => identity.name)),
}));
