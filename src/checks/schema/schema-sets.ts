import type { AppliedObject } from '../../model/applied-object';
import type { Cluster } from '../../model/flux-kustomization';
import { SchemaSet } from '../../schema/schema-set';
import type { Tree } from '../../tree/tree';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** The schemas of each cluster: the CRDs that its own tree installs, then the project's schemas/, then Kubernetes and those that come along. */
export const schemaSetsOf = memoized((context: CheckContext): ReadonlyMap<Cluster | undefined, SchemaSet> => {
  const { repository, clusters, settings } = context;
  const project = repository.objects.filter(({ file, kind }) => kind === 'CustomResourceDefinition' && file.startsWith('schemas/')).map(({ data }) => data);
  const projectSchemas = jsonSchemas(repository.tree);
  const everywhere = repository.objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
  const sets = new Map<Cluster | undefined, SchemaSet>();
  const byDefinitions = new Map<string, SchemaSet>();
  const setFor = (crds: readonly Pick<AppliedObject, 'data'>[]): SchemaSet => {
    const key = crds.map(({ data }) => identifierOf(data)).join();
    let set = byDefinitions.get(key);
    if (set === undefined) byDefinitions.set(key, (set = new SchemaSet({ kubernetes: settings.kubernetes, crds: crds.map(({ data }) => data), project, projectSchemas })));
    return set;
  };
  for (const cluster of clusters) {
    const own = cluster.kustomizations.flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'CustomResourceDefinition'));
    sets.set(cluster, setFor(own));
  }
  sets.set(undefined, setFor(everywhere));
  return sets;
});

/** The JSON Schemas in schemas/, as catalogues of CRDs offer them: `schemas/example.com/widget_v1.json`. */
function jsonSchemas(tree: Tree): { readonly file: string; readonly content: unknown }[] {
  return [...tree].filter(({ path }) => path.startsWith('schemas/') && path.endsWith('.json')).flatMap(({ path, bytes }) => {
    try {
      return [{ file: path, content: JSON.parse(bytes.toString('utf8')) as unknown }];
    } catch {
      return []; // no schema then: yaml-invalid is about what Flux reads
    }
  });
}

/** Clusters that install the same CRDs share their schemas: the data of one source is one object. */
const identifiers = new WeakMap<object, number>();
let last = 0;

function identifierOf(data: object): number {
  let identifier = identifiers.get(data);
  if (identifier === undefined) identifiers.set(data, (identifier = ++last));
  return identifier;
}
