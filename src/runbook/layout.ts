import { textAt, type Data } from '../model/fields';
import type { Cluster } from '../model/flux-kustomization';
import { sourceReference, type SourceReference } from '../model/sources';
import { makeGraph } from '../graph/make-graph';
import { formatMermaid } from '../graph/output/mermaid';
import { entryOf, type Entry } from '../plan/bootstrap/entry';
import { code, codes, section, table } from './markdown';
import { clusterColumn, running, type Platform } from './platform';

/** GitHub and others draw no more than that of Mermaid. */
const MOST_EDGES = 500;

/** Clusters, their sources, what lies where, and a picture of it. */
export function layout({ context }: Platform): string[] {
  const { clusters, repository } = context;
  if (clusters.length === 0) return [];
  const column = clusterColumn(context);
  const entries = clusters.map((cluster): string[] => [code(cluster.name === '' ? '.' : cluster.name), ...origin(entryOf(cluster, repository)), String(cluster.kustomizations.length)]);
  const read = new Set(clusters.flatMap((cluster) => cluster.kustomizations.map(({ data, namespace }) => sourceKey(cluster, sourceReference(data, namespace)))));
  const sources = running(context).filter(({ object: { group, kind, name }, namespace, cluster }) => group === 'source.toolkit.fluxcd.io' && read.has(sourceKey(cluster, { kind, namespace, name })));
  const rows = clusters.flatMap((cluster) => cluster.kustomizations.map((one): string[] => {
    const namespaces = [...new Set(one.objects.flatMap(({ namespace }) => namespace ?? []))].sort();
    return [...column.of(cluster), one.path === undefined ? 'another repository' : code(one.path === '' ? '.' : one.path), code(one.key), codes(namespaces)];
  }));
  return section('What there is',
    ...table(['cluster', 'repository', 'branch', 'Flux Kustomizations'], entries),
    ...table([...column.head, 'source', 'where', 'what'], sources.map(({ object: { kind, name, data }, namespace, cluster }) => [...column.of(cluster), `${kind} ${code(`${namespace}/${name}`)}`, code(textAt(data, 'spec.url') ?? textAt(data, 'spec.endpoint') ?? '?'), reference(data)])),
    ...table([...column.head, 'folder', 'applied by', 'into namespaces'], rows),
    picture(context),
  );
}

function sourceKey(cluster: Cluster, { kind, namespace, name }: SourceReference): string {
  return `${cluster.name} ${kind}/${namespace}/${name}`;
}

function origin(entry: Entry): string[] {
  if (entry.by === 'flux-operator') return [code(textAt(entry.instance.data, 'spec.sync.url') ?? '?'), code(textAt(entry.instance.data, 'spec.sync.ref') ?? '?')];
  const source = entry.by === 'flux-bootstrap' ? entry.source : undefined;
  return [source?.url, source?.branch].map((text) => (text === undefined ? 'not in this tree' : code(text)));
}

/** A tag that automation may set is not said: it would be another tomorrow. */
function reference(data: Data): string {
  const branch = textAt(data, 'spec.ref.branch');
  if (branch !== undefined) return `branch ${code(branch)}`;
  const range = textAt(data, 'spec.ref.semver');
  return range === undefined ? '' : `versions ${code(range)}`;
}

function picture(context: Platform['context']): string {
  const graph = makeGraph(context, context.clusters);
  if (graph.edges.length > MOST_EDGES) return `A picture has ${graph.edges.length} edges, more than Markdown draws: \`fluxwright graph --output graph.html\`.`;
  return `\`\`\`mermaid\n${formatMermaid(graph)}\n\`\`\``;
}
