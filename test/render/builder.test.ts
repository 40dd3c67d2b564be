import { builtFrom, canonical, fluxKustomization, type Files } from './flux-builds';
import { runBatch, toolPath, describeWith } from '../tools';

const deployment = (name: string, image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: { app: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: ${name}, image: "${image}", args: ["--zone=\${ZONE:=north}", "--port=\${PORT}"] }
`;

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  annotations: { note: "" }\ndata:\n  replicas: "3"\n  script: |\n    echo "$${HOME}" ${ZONE}\n';
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - target: { kind: Deployment }\n    patch: |\n      - op: add\n        path: /metadata/annotations\n        value: { component: "yes" }\n';

const overlay: Files = {
  'app/kustomization.yaml': 'resources: [web.yaml, ../base]\nimages:\n  - { name: web, newTag: "2" }\n  - { name: db, newName: registry/db, digest: sha256:1111111111111111111111111111111111111111111111111111111111111111 }\nlabels:\n  - pairs: { part: shop }\nunknownField: overlooked\n',
  'app/web.yaml': deployment('web', 'web:1'),
  'base/kustomization.yaml': 'resources: [db.yaml]\nconfigMapGenerator:\n  - name: db\n    files: [db.conf]\n',
  'base/db.yaml': deployment('db', 'db:1'),
  'base/db.conf': 'a = ${PORT}\n',
  'tools/kustomization.yaml': component,
};
const plain: Files = { 'app/web.yaml': deployment('web', 'web:1'), 'app/nested/settings.yml': config, 'app/nested/deeper/kustomization.yaml': 'resources: [../../../base/db.yaml]\n', 'base/db.yaml': deployment('db', 'db:1'), 'app/notes.txt': 'not: yaml: at all' };
const generatorOnly: Files = { 'app/kustomization.yaml': 'configMapGenerator:\n  - name: only\n    literals: [a=b]\n' };
const empty: Files = { 'app/kustomization.yaml': 'kind: Kustomization\n' };

const strategic = { patch: 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n' };
const targeted = { patch: '- op: replace\n  path: /spec/template/spec/containers/0/name\n  value: renamed\n', target: { kind: 'Deployment', labelSelector: 'app=db' } };

const cases: readonly [string, Files, Readonly<Record<string, unknown>>][] = [
  ['nothing of its own', overlay, {}],
  ['a path without kustomization.yaml', plain, {}],
  ['patches', overlay, { patches: [strategic, targeted] }],
  ['patches on a path without kustomization.yaml', plain, { patches: [strategic, { ...targeted, target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'd.*' } }] }],
  ['a patch that takes annotations whole', plain, { patches: [{ patch: '- op: remove\n  path: /metadata/annotations\n', target: { kind: 'ConfigMap' } }] }],
  ['a patch of an annotation where there is none', plain, { patches: [{ patch: '- op: add\n  path: /metadata/annotations/a\n  value: b\n', target: { name: 'web' } }] }],
  ['a patch of a path that is absent', overlay, { patches: [{ patch: '- op: replace\n  path: /spec/absent/field\n  value: b\n', target: { name: 'web' } }] }],
  ['a patch of an object that is not there', overlay, { patches: [{ patch: 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n' }] }],
  ['images that join, replace tags and replace digests', overlay, { images: [{ name: 'web', newName: 'registry/web' }, { name: 'db', newTag: '3' }, { name: 'other', newTag: '4' }] }],
  ['components', overlay, { components: ['../tools'] }],
  ['a component that is missing', overlay, { components: ['../absent'] }],
  ['missing components that are ignored', overlay, { components: ['../absent', '../tools'], ignoreMissingComponents: true }],
  ['a component behind a URL', overlay, { components: ['https://example.org/tools'] }],
  ['targetNamespace', overlay, { targetNamespace: 'shop' }],
  ['namePrefix and nameSuffix', overlay, { namePrefix: 'a-', nameSuffix: '-z' }],
  ['commonMetadata', overlay, { commonMetadata: { labels: { team: 'web', app: 'other' }, annotations: { on: 'call' } } }],
  ['buildMetadata', overlay, { buildMetadata: ['originAnnotations'] }],
  ['patchesStrategicMerge and patchesJson6902', overlay, {
    patchesStrategicMerge: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { paused: true } }],
    patchesJson6902: [{ patch: [{ op: 'add', path: '/spec/replicas', value: 5 }], target: { group: 'apps', version: 'v1', kind: 'Deployment', name: 'db' } }],
  }],
  ['a kustomization.yaml with generators alone', generatorOnly, {}],
  ['an empty kustomization.yaml', empty, {}],
  ['an empty directory with patches', { 'app/README.md': 'nothing' }, {}],
  ['substitution', overlay, { postBuild: { substitute: { PORT: '8080', ZONE: 'south' } } }],
  ['substitution of an object that is switched off', { ...plain, 'app/nested/settings.yml': config.replace('note: ""', 'kustomize.toolkit.fluxcd.io/substitute: disabled') }, { postBuild: { substitute: { PORT: '8080' } } }],
  ['substitution without variables', overlay, { postBuild: { substitute: {} } }],
  ['substitution without variables, always', plain, { postBuild: { substitute: {}, substituteStrategy: 'Always' } }],
  ['substitution that changes types', { 'app/a.yaml': config.replace('${ZONE}', 'x').replace('"3"', '"${N}"') }, { postBuild: { substitute: { N: '0x1F' } } }],
  ['a file that does not exist', { 'app/kustomization.yaml': 'resources: [absent.yaml]\n' }, {}],
  ['a file that is no YAML', { 'app/a.yaml': '{' }, {}],
  ['a directory twice', { ...overlay, 'app/kustomization.yaml': 'resources: [../base, ../base]\n' }, {}],
  ['a List', { 'app/a.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${config.trimEnd().replaceAll('\n', '\n    ')}\n` }, {}],
];

const kustomize = toolPath('kustomize');

describeWith('fluxbuild', 'a Flux Kustomization applies what Flux would apply', (fluxbuild) => {
  interface Answer { readonly objects?: readonly unknown[]; readonly error?: string }
  let lenient: Answer[];
  let strict: Answer[];
  beforeAll(() => {
    [lenient, strict] = [false, true].map((isStrict) => runBatch<Answer>(fluxbuild, cases.map(([, files, spec]) => ({ files, path: 'app', kustomization: fluxKustomization(spec), strict: isStrict })))) as [Answer[], Answer[]];
  }, 120_000);

  test.each(cases.map(([name, files, spec], index) => [name, files, spec, index] as const))('with %s', async (_, files, spec, index) => {
    const build = await builtFrom(kustomize!, files, spec);

    const { objects, error } = lenient[index]!;
    expect(build.failure === undefined).toBe(error === undefined);
    expect(build.failure === undefined && build.unset!.length === 0).toBe(strict[index]!.error === undefined);
    if (error === undefined) expect(build.objects.map(({ data }) => canonical(data)).sort()).toEqual((objects ?? []).map(canonical).sort());
  });
});
