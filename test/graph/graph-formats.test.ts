import fc from 'fast-check';
import { focusOn } from '../../src/graph/focus';
import type { Graph, GraphNode } from '../../src/graph/graph';
import { makeGraph } from '../../src/graph/make-graph';
import { formatDot } from '../../src/graph/output/dot';
import { formatJson } from '../../src/graph/output/json';
import { formatMermaid } from '../../src/graph/output/mermaid';
import { formatSvg } from '../../src/graph/output/svg';
import type { Files } from '../checks/check-tree';
import { contextOf, dependsOn, fleet } from '../plan/plan-of';

async function graphOf(files: Files): Promise<Graph> {
  const context = await contextOf(files);
  return makeGraph(context, context.clusters);
}

/** Edges as `from kind to`, with what is special about them. */
function edgesOf({ edges }: Graph): string[] {
  const short = (id: string): string => id.replace('clusters/prod|', '').replaceAll('|', ' ').replaceAll('flux-system ', '');
  return edges.map(({ from, to, kind, inCircle, isImplied }) => `${short(from)} ${kind} ${short(to)}${inCircle === true ? ' in a circle' : ''}${isImplied === true ? ' as its parent' : ''}`);
}

const RELEASE = (name: string, spec = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  interval: 10m\n  chart:\n    spec:\n      chart: ${name}-chart\n      sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}\n${spec}`;
const shop = (): Files => ({
  ...fleet({ database: '', web: `${dependsOn('database')}healthChecks:\n  - {apiVersion: helm.toolkit.fluxcd.io/v2, kind: HelmRelease, name: cache, namespace: shop}\n` }),
  'database/charts.yaml': 'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: charts, namespace: flux-system}\nspec: {url: "https://charts.example.com", interval: 1h}\n',
  'database/release.yaml': RELEASE('postgres'),
  'web/cache.yaml': RELEASE('cache', '  dependsOn: [{name: postgres}]\n'),
  'web/images.yaml': [
    'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nmetadata: {name: web, namespace: flux-system}\nspec: {image: ghcr.io/shop/web, interval: 5m}\n',
    'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web, namespace: flux-system}\nspec:\n  imageRepositoryRef: {name: web}\n  policy: {semver: {range: ">=1"}}\n',
    'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata: {name: bot, namespace: flux-system}\nspec:\n  interval: 5m\n  sourceRef: {kind: GitRepository, name: flux-system}\n  update: {path: ./web, strategy: Setters}\n',
  ].join('---\n'),
  'web/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  containers:\n    - name: web\n      image: ghcr.io/shop/web:1.0.0 # {"$imagepolicy": "flux-system:web"}\n',
});

test('a graph has who applies whom, who waits for whom, sources, and the way of a new image', async () => {
  expect(edgesOf(await graphOf(shop()))).toEqual([
    'HelmRelease shop cache depends-on HelmRelease shop postgres',
    'HelmRelease shop cache source HelmRepository charts',
    'HelmRelease shop postgres source HelmRepository charts',
    'ImagePolicy web sets File web/pod.yaml',
    'ImagePolicy web chooses-from ImageRepository web',
    'ImageUpdateAutomation bot writes File web/pod.yaml',
    'ImageUpdateAutomation bot source GitRepository flux-system',
    'Kustomization database source GitRepository flux-system as its parent',
    'Kustomization database applies HelmRelease shop postgres',
    'Kustomization database applies HelmRepository charts',
    'Kustomization flux-system source GitRepository flux-system',
    'Kustomization flux-system applies Kustomization database',
    'Kustomization flux-system applies Kustomization web',
    'Kustomization web builds File web/pod.yaml',
    'Kustomization web source GitRepository flux-system as its parent',
    'Kustomization web applies HelmRelease shop cache',
    'Kustomization web health-check HelmRelease shop cache',
    'Kustomization web applies ImagePolicy web',
    'Kustomization web applies ImageRepository web',
    'Kustomization web applies ImageUpdateAutomation bot',
    'Kustomization web depends-on Kustomization database',
  ]);
});

test('Mermaid is a flowchart in which arrows point from what comes first', async () => {
  expect(formatMermaid(await graphOf(shop()))).toBe(`flowchart LR
  n1>"File<br/>web/pod.yaml"]
  n2[("GitRepository<br/>flux-system<br/>ssh://git#64;example.com/shop/fleet")]
  n3("HelmRelease<br/>shop/cache<br/>cache-chart")
  n4("HelmRelease<br/>shop/postgres<br/>postgres-chart")
  n5[("HelmRepository<br/>charts<br/>https://charts.example.com")]
  n6{{"ImagePolicy<br/>web"}}
  n7{{"ImageRepository<br/>web<br/>ghcr.io/shop/web"}}
  n8{{"ImageUpdateAutomation<br/>bot"}}
  n9["Kustomization, wave 2<br/>database"]
  n10["Kustomization, wave 1<br/>flux-system<br/>clusters/prod"]
  n11["Kustomization, wave 3<br/>web"]
  n4 -.->|before| n3
  n5 -.->|source of| n3
  n5 -.->|source of| n4
  n6 -.->|sets| n1
  n7 -.->|tags for| n6
  n8 -.->|commits| n1
  n2 -.->|source of| n8
  n9 --> n4
  n9 --> n5
  n2 -.->|source of| n10
  n10 --> n9
  n10 --> n11
  n1 -.->|part of| n11
  n11 --> n3
  n3 -.->|healthy before| n11
  n11 --> n6
  n11 --> n7
  n11 --> n8
  n9 -.->|before| n11
  linkStyle 0,18 stroke:#2563eb
  linkStyle 1,2,6,9 stroke:#9ca3af
  linkStyle 3,4,5,12 stroke:#7c3aed
  linkStyle 14 stroke:#0f766e`);
});

test('Graphviz gets a graph that says the same', async () => {
  expect(formatDot(await graphOf(fleet({ a: '', b: dependsOn('a') })))).toBe(`digraph flux {
  graph [rankdir=LR, ranksep=0.6, nodesep=0.2, bgcolor="white", fontname="Helvetica"];
  node [shape=box, style="rounded,filled", fillcolor="white", color="#374151", fontname="Helvetica", fontsize=11, margin="0.16,0.08"];
  edge [color="#6b7280", fontname="Helvetica", fontsize=9, arrowsize=0.7];
  n1 [label="GitRepository\\nflux-system\\nssh://git@example.com/shop/fleet", tooltip="GitRepository flux-system flux-system", fillcolor="#f3f4f6"];
  n2 [label="Kustomization, wave 2\\na", tooltip="Kustomization flux-system a", fillcolor="#dbeafe"];
  n3 [label="Kustomization, wave 3\\nb", tooltip="Kustomization flux-system b", fillcolor="#dbeafe"];
  n4 [label="Kustomization, wave 1\\nflux-system\\nclusters/prod", tooltip="Kustomization flux-system flux-system", fillcolor="#dbeafe"];
  n2 -> n3 [style=dashed, color="#2563eb", tooltip="before"];
  n1 -> n4 [style=dotted, color="#9ca3af", tooltip="source of"];
  n4 -> n2 [style=solid, color="#6b7280"];
  n4 -> n3 [style=solid, color="#6b7280"];
}`);
});

const faulty = (): Files => fleet({ a: dependsOn('b'), b: dependsOn('a'), c: dependsOn('nothing'), d: dependsOn('c') });

test('circles and missing ends stand out in every format', async () => {
  const graph = await graphOf(faulty());

  expect(edgesOf(graph).filter((edge) => edge.includes('depends-on'))).toEqual([
    'Kustomization a depends-on Kustomization b in a circle', 'Kustomization b depends-on Kustomization a in a circle', 'Kustomization c depends-on Kustomization nothing', 'Kustomization d depends-on Kustomization c',
  ]);
  expect(graph.nodes.filter(({ state }) => state !== 'fine').map(({ name, state, why }) => `${name} ${state}: ${why}`)).toEqual([
    'a never: waits in a circle: flux-system/a depends on flux-system/b; flux-system/b depends on flux-system/a',
    'b never: waits in a circle: flux-system/a depends on flux-system/b; flux-system/b depends on flux-system/a',
    'c never: depends on the Kustomization flux-system/nothing, which does not exist in this cluster',
    'd never: waits for flux-system/c',
    'nothing missing: undefined',
  ]);
  const mermaid = formatMermaid(graph);
  expect(mermaid).toContain('"Kustomization, missing<br/>nothing"');
  expect(mermaid).toContain('linkStyle 0,1,2 stroke:#dc2626,stroke-width:2px\n');
  expect(mermaid).toMatch(/class n2,n3,n4,n5 never\n {2}classDef missing stroke:#dc2626,stroke-width:2px,stroke-dasharray:4\n {2}class n7 missing$/);
  expect(formatDot(graph)).toContain('label="Kustomization, missing\\nnothing", tooltip="Kustomization flux-system nothing", fillcolor="#dbeafe", color="#dc2626", penwidth=2, style="rounded,filled,dashed"');
  expect((await formatSvg(graph)).match(/stroke="#dc2626"/g)!.length).toBeGreaterThanOrEqual(8);
});

test('the edge from who waits to what it applies is part of the circle that it closes', async () => {
  const files = { ...fleet({ base: 'wait: true' }), 'base/one.yaml': fleet({ one: dependsOn('base') })['clusters/prod/one.yaml']!, 'one/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n' };

  expect(edgesOf(await graphOf(files)).filter((edge) => edge.endsWith('in a circle'))).toEqual(['Kustomization base applies Kustomization one in a circle', 'Kustomization one depends-on Kustomization base in a circle']);
});

test('around one Kustomization is what comes before it and what needs it, and nothing else', async () => {
  const graph = await graphOf(fleet({ a: '', b: dependsOn('a'), c: dependsOn('b'), other: dependsOn('a') }));

  expect(focusOn(graph, 'b').nodes.map(({ name }) => name)).toEqual(['flux-system', 'a', 'b', 'c', 'flux-system']);
  expect(focusOn(graph, 'flux-system/c').edges.map(({ kind }) => kind)).not.toContain('other');
  expect(() => focusOn(graph, 'othre')).toThrow('there is no Flux Kustomization "othre"\n  fix: write other');
  expect(() => focusOn(graph, 'xyzxyz')).toThrow('there is no Flux Kustomization "xyzxyz"\n  fix: name one of flux-system/a, flux-system/b, flux-system/c, flux-system/flux-system, flux-system/other');
});

test('several clusters stand in a frame each', async () => {
  const graph = await graphOf({ ...fleet({ a: '' }), ...Object.fromEntries(Object.entries(fleet({ a: '' })).map(([path, text]) => [path.replace('clusters/prod', 'clusters/test'), text.replace('./clusters/prod', './clusters/test')])) });

  expect(formatMermaid(graph).split('\n').filter((line) => /subgraph|end$/.test(line))).toEqual(['  subgraph c1["clusters/prod"]', '  end', '  subgraph c2["clusters/test"]', '  end']);
  expect(formatDot(graph)).toContain('subgraph cluster_2 {\n    label="clusters/test"; color="#d1d5db"; style="rounded";');
});

const node = (name: string): GraphNode => ({ id: `c|Kustomization|ns|${name}`, cluster: 'c', kind: 'Kustomization', namespace: 'ns', name, detail: name, state: 'fine', why: name });

/** Text as a browser would read it. */
const unescaped = (xml: string): string => xml.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16))).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&').replaceAll('\u00a0', ' ');

describe('names of any kind are text and nothing else', () => {
  const hostile = ['"]; n1 -> n2; ["', '\\', '\\N \\G \\l', '<b>bold</b>', '<script>alert(1)</script>', '&lt;&amp;', '`md`', '#quot;', '#35;', 'end', '}}', '%% comment', 'click n1 href "x"', "'", '日本語', '\u202eevil', 'a\nb', '\u001b[2J', '"><svg onload=x>', ']]>', '<!--'];

  test.each(hostile)('%j in Mermaid, DOT and JSON', (name) => {
    const graph: Graph = { nodes: [node(name)], edges: [] };

    const mermaid = formatMermaid(graph);
    expect(mermaid).toMatch(/^flowchart LR\n {2}n1\["[A-Za-z0-9 ,.:_/#;<>-]*"\]$/);
    expect(mermaid.replaceAll('<br/>', '')).not.toMatch(/[<>]/);
    expect(formatDot(graph).split('\n')).toHaveLength(6);
    expect((JSON.parse(formatJson(graph)) as Graph).nodes[0]!.name).toBe(name);
  });

  test('all of them in a drawing, which shows each as it is', async () => {
    const svg = await formatSvg({ nodes: hostile.map(node), edges: [] });

    expect(svg).not.toMatch(/<script|<b>|onload=x>|<svg on/);
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => unescaped(text!)).filter((text) => text.startsWith('ns/'));
    expect(texts.sort()).toEqual(hostile.map((name) => `ns/${name.replace('\n', '\\n').replace('\u202e', '\\u202e').replace('\u001b', '\\u001b')}`).sort());
  });

  test('for any text, Mermaid has as many lines and Graphviz as many statements as without it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      const graph: Graph = { nodes: [node(name), node(`${name}2`)], edges: [{ from: node(name).id, to: node(`${name}2`).id, kind: 'depends-on' }] };

      expect(formatMermaid(graph).split('\n')).toHaveLength(5);
      const dot = formatDot(graph).split('\n');
      expect(dot).toHaveLength(8);
      for (const line of dot.slice(4, 6)) expect(line.replace(/"(?:[^"\\]|\\.)*"/g, '""')).toMatch(/^ {2}n[12] \[label="", tooltip="", fillcolor=""\];$/);
    }), { numRuns: 50 });
  });
});

test('a drawing that would take too long is refused, and the one after it is not kept from being drawn', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `k${index}`);
  const entangled: Graph = { nodes: names.map(node), edges: names.flatMap((from, index) => names.slice(0, index).map((to) => ({ from: node(from).id, to: node(to).id, kind: 'depends-on' as const }))) };

  await expect(formatSvg(entangled, 300)).rejects.toThrow('the graph has 100 nodes and 4950 edges, which is too much for one drawing\n  fix: draw less of it: --cluster, --focus; or write --format dot or json');
  expect(await formatSvg({ nodes: [node('a')], edges: [] })).toMatch(/^<svg [^]*<\/svg>$/);
});

test('the same graph is drawn the same, byte for byte', async () => {
  const draw = async (): Promise<string> => formatSvg(await graphOf(shop()));

  expect(await draw()).toBe(await draw());
});
