import { join } from 'node:path';
import { readdirSync, writeFileSync } from 'node:fs';
import { discoverClusters } from '../../src/model/clusters';
import type { Cluster } from '../../src/model/flux-kustomization';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { readTree } from '../../src/tree/disk';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { builtFrom, rendererFor, type Files } from './flux-builds';

const config = (name: string, data: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: flux-system }\ndata: { ${data} }\n`;
const sync = (name: string, path: string, spec: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec: { path: ${path}, sourceRef: { kind: GitRepository, name: flux-system }${spec} }\n`;

describeWith('kustomize', 'a renderer', (kustomize) => {
  async function clustersOf(files: Files): Promise<Cluster[]> {
    const root = folderWith(files);
    const repository = new Repository(readTree(root));
    return discoverClusters(repository, new Walker(repository), (await rendererFor(kustomize, root)).builder);
  }

  test('knows where each object comes from: its file, its generator, or a URL', async () => {
    const build = await builtFrom(kustomize, {
      'app/kustomization.yaml': 'resources: [two.yaml, ../base, https://example.org/crds.yaml]\nnamePrefix: a-\ncomponents: [../extra]\n',
      'app/two.yaml': `${config('one', '')}---\n${config('two', '')}`,
      'base/kustomization.yaml': 'secretGenerator: [{ name: made, literals: [a=b] }]\nnameSuffix: -z\nresources: [list.yaml]\n',
      'base/list.yaml': 'kind: List\napiVersion: v1\nitems:\n- { apiVersion: v1, kind: Service, metadata: { name: s } }\n',
      'extra/kustomization.yaml': 'kind: Component\nresources: [added.yaml]\n',
      'extra/added.yaml': config('added', ''),
    }, {}, { findDownload: () => Buffer.from(config('fetched', '')) });

    expect(build.objects.map(({ name, source, generatedBy, fetchedFrom }) => [name.replace(/-[a-z0-9]{10}$/, ''), source?.file, source?.document, generatedBy, fetchedFrom])).toEqual([
      ['a-added', 'extra/added.yaml', 0, undefined, undefined],
      ['a-fetched', undefined, undefined, undefined, 'https://example.org/crds.yaml'],
      ['a-one', 'app/two.yaml', 0, undefined, undefined],
      ['a-two', 'app/two.yaml', 1, undefined, undefined],
      ['a-made-z', undefined, undefined, 'base/kustomization.yaml', undefined],
      ['a-s-z', 'base/list.yaml', 0, undefined, undefined],
    ]);
    expect([...build.files].sort()).toEqual(['app/kustomization.yaml', 'app/two.yaml', 'base/kustomization.yaml', 'base/list.yaml', 'extra/added.yaml', 'extra/kustomization.yaml']);
  });

  test('finds the sources also where annotations may not be added', async () => {
    const files = { 'app/kustomization.yaml': 'resources: [one.yaml]\nnamePrefix: a-\npatches:\n- target: { kind: ConfigMap }\n  patch: |\n    - { op: add, path: /metadata/annotations, value: { b: c } }\n', 'app/one.yaml': config('one', '') };

    const { objects } = await builtFrom(kustomize, files);

    expect(objects.map(({ data, source }) => [data['metadata'], source?.file])).toEqual([[{ annotations: { b: 'c' }, name: 'a-one', namespace: 'flux-system' }, 'app/one.yaml']]);
  });

  test('takes variables from what the cluster applies, and that of its own cluster before that of another', async () => {
    const cluster = (name: string, zone: string): Files => ({
      [`clusters/${name}/flux-system/sync.yaml`]: sync('flux-system', `./clusters/${name}`, ''),
      [`clusters/${name}/settings.yaml`]: config('cluster', `ZONE: ${zone}`),
      [`clusters/${name}/apps.yaml`]: sync('apps', './apps', ', postBuild: { substituteFrom: [{ kind: ConfigMap, name: cluster }], substitute: { OWN: x } }'),
    });
    const clusters = await clustersOf({ ...cluster('a', 'north'), ...cluster('b', 'south'), 'apps/app.yaml': config('app', 'zone: "${ZONE}${OWN}${UNSET}"') });

    const apps = clusters.map(({ kustomizations }) => kustomizations.find(({ name }) => name === 'apps')!);
    expect(apps.map(({ objects: [app], unset }) => [app!.data['data'], app!.beforeSubstitution!['data'], unset!.map(({ name }) => name)])).toEqual([
      [{ zone: 'northx' }, { zone: '${ZONE}${OWN}${UNSET}' }, ['UNSET']],
      [{ zone: 'southx' }, { zone: '${ZONE}${OWN}${UNSET}' }, ['UNSET']],
    ]);
  });

  test('leaves variables in place whose source is encrypted or nowhere in the tree', async () => {
    const build = await builtFrom(kustomize, {
      'app/app.yaml': config('app', 'a: "${TOKEN} ${ZONE:=north} ${OWN}"'),
      'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: token, namespace: flux-system }\ndata: { TOKEN: "ENC[AES256_GCM,data:x]" }\nsops: {}\n',
    }, { postBuild: { substitute: { OWN: '1' }, substituteFrom: [{ kind: 'Secret', name: 'token' }, { kind: 'ConfigMap', name: 'elsewhere' }] } });

    expect(build.objects[0]).toMatchObject({ data: { data: { a: '${TOKEN} ${ZONE:=north} 1' } }, unresolved: ['TOKEN', 'ZONE'] });
    expect(build.variables!.missing).toEqual(['ConfigMap flux-system/elsewhere']);
    expect(build.unset).toEqual([]);
  });

  test('builds once what does not change, and again what does or was damaged', async () => {
    const files = { 'app/kustomization.yaml': 'resources: [one.yaml]\n', 'app/one.yaml': config('one', 'a: b') };
    const [root, home] = [folderWith(files), folderWith()];
    const builds = async (): Promise<number> => {
      let count = 0;
      const renderer = await rendererFor(kustomize, root, { home, onProgress: ({ done }) => (count = Math.max(count, done)) });
      expect((await renderer.directory('app')).objects).toHaveLength(1);
      return count;
    };

    expect([await builds(), await builds()]).toEqual([1, 0]);
    writeFileSync(join(root, 'app/one.yaml'), config('one', 'a: c'));
    writeFileSync(join(root, 'app/beside.yaml'), config('two', 'a: c'));
    expect([await builds(), await builds()]).toEqual([1, 0]);
    for (const entry of readdirSync(join(home, 'renders'))) writeFileSync(join(home, 'renders', entry), 'damaged');
    expect(await builds()).toBe(1);
  });

  test.each<[string, Files, string]>([
    ['a file', { 'app/kustomization.yaml': 'resources: [absent.yaml]\n' }, 'app/absent.yaml does not exist'],
    ['a directory', { 'app/kustomization.yaml': 'resources: [../absent]\n' }, 'absent does not exist'],
    ['a component', { 'app/kustomization.yaml': 'components: [../absent]\n' }, 'absent does not exist'],
    ['a patch', { 'app/kustomization.yaml': 'resources: [a.yaml]\npatches: [{ path: p.yaml }]\n', 'app/a.yaml': config('a', '') }, 'app/p.yaml does not exist'],
    ['a generator\'s input', { 'app/kustomization.yaml': 'configMapGenerator: [{ name: a, files: [b.conf] }]\n' }, 'app/b.conf does not exist'],
    ['a file, deep down', { 'app/kustomization.yaml': 'resources: [../base]\n', 'base/kustomization.yaml': 'resources: [deep]\n', 'base/deep/kustomization.yaml': 'resources: [absent.yaml]\n' }, 'base/deep/absent.yaml does not exist'],
  ])('says in a word that %s is missing', async (_, files, failure) => {
    expect((await builtFrom(kustomize, files)).failure).toBe(failure);
  });

  test.each<[string, Files, string]>([
    ['an object twice', { 'app/kustomization.yaml': 'resources: [a.yaml, ../base]\n', 'app/a.yaml': config('a', ''), 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': config('a', '') },
      'may not add resource with an already registered id: ConfigMap.v1.[noGrp]/a.flux-system'],
    ['a circle', { 'app/kustomization.yaml': 'resources: [../base]\n', 'base/kustomization.yaml': 'resources: [../app]\n' }, "cycle detected: candidate root 'app' contains visited root 'app'"],
    ['a patch without its object', { 'app/kustomization.yaml': 'resources: [a.yaml]\npatches: [{ patch: "{ apiVersion: v1, kind: Service, metadata: { name: b } }" }]\n', 'app/a.yaml': config('a', '') },
      'no resource matches strategic merge patch "Service.v1.[noGrp]/b.[noNs]": no matches for Id Service.v1.[noGrp]/b.[noNs]; failed to find unique target for patch Service.v1.[noGrp]/b.[noNs]'],
    ['YAML that is none', { 'app/kustomization.yaml': 'resources: [a.yaml]\n', 'app/a.yaml': 'a: [\n' }, "accumulating resources from 'a.yaml': MalformedYAMLError: yaml: line 1: did not find expected node content in File: a.yaml"],
    ['a broken kustomization.yaml', { 'app/kustomization.yaml': 'resources: [\n' }, 'app/kustomization.yaml:2 is not YAML that Go reads: flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['an unknown field', { 'app/kustomization.yaml': 'resources: [../base]\n', 'base/kustomization.yaml': 'resource: []\n' }, 'couldn\'t make target for path \'base\': invalid Kustomization: json: unknown field "resource"'],
    ['a chart', { 'app/kustomization.yaml': 'helmCharts: [{ name: a }]\n' }, 'must specify --enable-helm'],
  ])('says of %s what kustomize says, on one line', async (_, files, failure) => {
    expect((await builtFrom(kustomize, files)).failure).toBe(failure);
  });

  test('a URL that kustomize alone would know is never asked', async () => {
    const { failure } = await builtFrom(kustomize, { 'app/kustomization.yaml': 'resources: [a.yaml]\ncrds: ["http://example.org/x.json"]\n', 'app/a.yaml': config('a', '') });

    expect(failure).toContain('proxyconnect tcp: dial tcp 127.0.0.1:9');
  });
});
