import { identityTitle } from '../../model/source-object';
import { listAt, textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import { nearestTo } from '../../nearest';
import type { Report, Rule } from '../rule';

export const dependsOnMissing: Rule = {
  id: 'depends-on-missing',
  severity: 'error',
  why: 'A Kustomization that depends on one that does not exist waits for it for ever, and nothing behind it is applied.',
  example: `spec:
  dependsOn:
    - name: databse # the Kustomization is called "database"`,
  fix: 'name a Kustomization of the same cluster, with its namespace if that is another, or drop the dependency',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#dependencies',

  *find({ clusters }) {
    for (const cluster of clusters) {
      const known = new Map(cluster.kustomizations.map((one) => [one.key, one]));
      for (const kustomization of cluster.kustomizations) yield* missingOf(kustomization, known, cluster.name);
    }
  },
};

function* missingOf(kustomization: FluxKustomization, known: ReadonlyMap<string, FluxKustomization>, cluster: string): Generator<Report> {
  for (const [index, dependency] of listAt(kustomization.data, 'spec.dependsOn').entries()) {
    const name = textAt(dependency, 'name');
    const namespace = textAt(dependency, 'namespace') ?? kustomization.namespace;
    if (name === undefined || name.includes('${') || namespace.includes('${') || known.has(`${namespace}/${name}`)) continue;
    const elsewhere = [...known.values()].find((one) => one.name === name);
    const nearest = nearestTo(name, [...known.values()].filter((one) => one.namespace === namespace && one.key !== kustomization.key).map((one) => one.name));
    yield {
      at: { object: kustomization.object, path: ['spec', 'dependsOn', index] },
      message: `depends on the Kustomization ${namespace}/${name}, which does not exist in this cluster`,
      fix: elsewhere !== undefined
        ? `add "namespace: ${elsewhere.namespace}": ${identityTitle(elsewhere.object)} lies there`
        : nearest === undefined ? undefined : `write "name: ${nearest}", if that is meant`,
      in: `${cluster}: ${kustomization.key}`,
    };
  }
}
