import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { upstreamAdd } from '../../src/cli/commands/upstream-add';
import { upstreamList } from '../../src/cli/commands/upstream-list';
import { upstreamUpdate } from '../../src/cli/commands/upstream-update';
import { findUpstream, sha256Of, upstreamCacheDirectory } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';
import { widgets } from '../releases/widgets';
import { ReleaseServer } from '../upstream/release-server';
import { call } from './call';

const server = new ReleaseServer();

const widget = (apiVersion = 'shop.example.com/v1', size = '3'): string => `apiVersion: ${apiVersion}
kind: Widget
metadata:
  name: small
  namespace: shop
spec:
  size: ${size}
`;

/** A repository that lists the release by its URL, and patches it. */
function shop(more: Record<string, string> = {}): string {
  return folderWith({
    'clusters/kustomization.yaml': `resources:
  - ${server.address}/v1.0.0/widgets-1.0.0.yaml
patches:
  - path: memory.yaml
`,
    'clusters/memory.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: operator, namespace: widgets}\nspec: {replicas: 2}\n',
    ...more,
  });
}

const read = (folder: string, file = 'upstream.lock.yaml'): string => readFileSync(join(folder, file), 'utf8').replaceAll(server.address, 'http://server');

async function locked(folder: string): Promise<string> {
  server.files['/v1.0.0/widgets-1.0.0.yaml'] ??= widgets();
  await call(upstreamAdd, [`${server.address}/v1.0.0/widgets-1.0.0.yaml`, '--name', 'widgets', '--version', 'v1.0.0'], folder);
  return folder;
}

test('a release is locked with its digest, its definitions and its images, and listed', async () => {
  const folder = shop();
  server.files['/v1.0.0/widgets-1.0.0.yaml'] = widgets();

  const added = await call(upstreamAdd, [`${server.address}/v1.0.0/widgets-1.0.0.yaml`, '--name', 'widgets', '--version', 'v1.0.0'], folder);
  const listed = await call(upstreamList, [], folder);

  const digest = sha256Of(Buffer.from(widgets()));
  expect(added.stdout).toBe(`widgets v1.0.0\nsha256 ${digest}\n3 objects, 1 definition among them; 1 image\n`);
  expect(read(folder)).toBe(`# Releases of other projects that this repository stands on: "fluxwright upstream" edits this file, and so may you.
releases:
  widgets:
    version: v1.0.0
    url: http://server/{version}/widgets-{number}.yaml
    sha256: ${digest}
    crds:
      - {name: widgets.shop.example.com, kind: Widget, versions: [v1]}
    images:
      - example.com/operator:1.0.0
`);
  expect(listed).toEqual({
    status: 0,
    stdout: `widgets  v1.0.0  locked  remote  cached  ${digest.slice(0, 12)}  clusters/kustomization.yaml:2\n`,
    stderr: 'one release, 1 of them in upstream.lock.yaml\n',
  });
});

test('an update that breaks nothing is written: the lock, and the kustomization.yaml that lists the URL', async () => {
  const folder = await locked(shop());
  const next = widgets({ image: '1.1.0', verbs: 'get, list' });
  server.files['/v1.1.0/widgets-1.1.0.yaml'] = next;

  const updated = await call(upstreamUpdate, ['widgets', '1.1.0'], folder);

  expect(updated).toEqual({
    status: 0,
    stdout: `widgets v1.0.0 → v1.1.0
sha256 ${sha256Of(Buffer.from(next))}
images:
  example.com/operator: 1.0.0 → 1.1.0
rights that it gets:
  ClusterRole operator: list secrets
`,
    stderr: 'written: clusters/kustomization.yaml, upstream.lock.yaml\nthen: fluxwright diff, and commit\n',
  });
  expect(read(folder)).toContain(`    version: v1.1.0\n    url: http://server/{version}/widgets-{number}.yaml\n    sha256: ${sha256Of(Buffer.from(next))}\n`);
  expect(read(folder, 'clusters/kustomization.yaml')).toBe('resources:\n  - http://server/v1.1.0/widgets-1.1.0.yaml\npatches:\n  - path: memory.yaml\n');
  expect(findUpstream(sha256Of(Buffer.from(next)))?.toString()).toBe(next);
});

test('what of ours would break is told with its line, and nothing is written', async () => {
  const folder = await locked(shop({ 'shop/widget.yaml': widget() }));
  const before = read(folder);
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets({ size: 'type: integer, maximum: 2', name: 'controller' });

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0'], folder);

  expect(updated.stdout.split('\n').slice(2).join('\n')).toBe(`what is here and would break:
  clusters/kustomization.yaml:4 the patch: is for Deployment widgets/operator, which is gone: kustomize refuses to build
  shop/widget.yaml:7 Widget shop/small: spec.size is 3; it has to be at most 2
definitions that take less, of what is used here:
  Widget shop.example.com/v1 spec.size is at most 2 (shop/widget.yaml:7)
objects that are gone, which Flux deletes where it prunes:
  Deployment widgets/operator
objects that are new:
  Deployment widgets/controller
`);
  expect([updated.status, updated.stderr]).toEqual([1, 'nothing is written: something here would break; mend it first, or say --accept-breaking\n']);
  expect(read(folder)).toBe(before);
});

test('with --accept-breaking it is written all the same', async () => {
  const folder = await locked(shop({ 'shop/widget.yaml': widget() }));
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets({ size: 'type: integer, maximum: 2' });

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0', '--accept-breaking'], folder);

  expect([updated.status, updated.stderr]).toEqual([0, 'written: clusters/kustomization.yaml, upstream.lock.yaml\nthen: fluxwright diff, and commit\n']);
  expect(read(folder)).toContain('    version: v2.0.0\n');
});

test('--dry-run shows the changes of the files, and neither they nor the cache are written', async () => {
  const folder = await locked(shop());
  const [lock, cached] = [read(folder), readdirSync(upstreamCacheDirectory())];
  server.files['/v1.1.0/widgets-1.1.0.yaml'] = widgets({ image: '1.1.0' });

  const updated = await call(upstreamUpdate, ['widgets', 'v1.1.0', '--dry-run'], folder);

  expect([updated.status, updated.stderr]).toEqual([0, 'nothing is written: --dry-run\n']);
  expect(updated.stdout.replaceAll(server.address, 'http://server')).toContain(`--- a/clusters/kustomization.yaml
+++ b/clusters/kustomization.yaml
@@ -1,4 +1,4 @@
 resources:
-  - http://server/v1.0.0/widgets-1.0.0.yaml
+  - http://server/v1.1.0/widgets-1.1.0.yaml
 patches:
   - path: memory.yaml
`);
  expect([read(folder), readdirSync(upstreamCacheDirectory())]).toEqual([lock, cached]);
});

test('a version that is no longer served is told at the objects that have it, and a stored one that is gone stops everybody', async () => {
  server.files['/v1.0.0/widgets-1.0.0.yaml'] = widgets({ versions: ['v1beta1', 'v1'] });
  const folder = await locked(shop({ 'shop/widget.yaml': widget('shop.example.com/v1beta1') }));
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets({ versions: ['v1'] });

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0'], folder);

  expect([updated.status, updated.stdout.split('\n').slice(2).join('\n')]).toEqual([1, `what is here and would break:
  shop/widget.yaml:1 Widget shop/small: has apiVersion shop.example.com/v1beta1, which is no longer served: shop.example.com/v1 is
  Widget shop.example.com/v1beta1 is gone, and objects are stored in it: the API server refuses the definition until status.storedVersions no longer names it
definitions that take less, of what is used here:
  Widget shop.example.com/v1beta1 is no longer served (shop/widget.yaml:1)
`]);
});

test('a definition that is gone is told at the objects of it, unless another file of the repository has it', async () => {
  const gone = widgets().split('---\n').slice(1).join('---\n');
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = gone;
  const folder = await locked(shop({ 'shop/widget.yaml': widget() }));
  const other = await locked(shop({ 'shop/widget.yaml': widget(), 'crds/widgets.yaml': widgets().split('---\n')[0]! }));

  const [alone, defined] = [await call(upstreamUpdate, ['widgets', 'v2.0.0'], folder), await call(upstreamUpdate, ['widgets', 'v2.0.0'], other)];

  expect(alone.stdout).toContain('what is here and would break:\n  shop/widget.yaml:1 Widget shop/small: is a Widget, which nothing defines any more\n');
  expect([alone.status, defined.status]).toEqual([1, 0]);
});

test('patches of objects, images and replicas that nothing has any more are told, wherever they are listed', async () => {
  const folder = await locked(shop({
    'clusters/kustomization.yaml': `resources:
  - ${server.address}/v1.0.0/widgets-1.0.0.yaml
  - ../shop
patches:
  - target: {kind: Deployment, name: oper.*}
    patch: |
      - {op: add, path: /spec/paused, value: false}
  - path: widget-size.yaml
  - patch: |
      apiVersion: shop.example.com/v1
      kind: Widget
      metadata: {name: small, namespace: shop}
      spec: {size: 7}
images:
  - {name: example.com/operator, newTag: mirrored}
replicas:
  - {name: operator, count: 2}
`,
    'clusters/widget-size.yaml': widget('shop.example.com/v1', '9'),
    'shop/kustomization.yaml': 'resources: [widget.yaml]\n',
    'shop/widget.yaml': widget('shop.example.com/v1', '1'),
  }));
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets({ size: 'type: integer, maximum: 2', name: 'controller' }).replace('example.com/operator', 'example.com/controller');

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0'], folder);

  expect(updated.stdout.split('definitions that')[0]!.split('\n').slice(2).join('\n')).toBe(`what is here and would break:
  clusters/kustomization.yaml:5 the patch: hit Deployment widgets/operator, and its target selects nothing any more
  clusters/kustomization.yaml:9 Widget shop/small: spec.size is 7; it has to be at most 2
  clusters/kustomization.yaml:15 the image example.com/operator: is used by nothing any more, so that images: no longer replaces it
  clusters/kustomization.yaml:17 replicas of operator: are set for what is gone: kustomize refuses to build
  clusters/widget-size.yaml:7 Widget shop/small: spec.size is 9; it has to be at most 2
`);
});

test('an operation that fails at what the release has now is told', async () => {
  server.files['/v1.0.0/widgets-1.0.0.yaml'] = widgets({ verbs: 'get, list' });
  const folder = await locked(shop({ 'clusters/kustomization.yaml': `resources: [${server.address}/v1.0.0/widgets-1.0.0.yaml]
patches:
  - target: {kind: ClusterRole}
    patch: '[{"op": "remove", "path": "/rules/0/verbs/1"}]'
` }));
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets();

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0'], folder);

  expect(updated.stdout.split('\n').slice(2).join('\n')).toBe('what is here and would break:\n  clusters/kustomization.yaml:3 the patch: fails at ClusterRole operator: "/rules/0/verbs/1" is not there\n');
});

test('a patch in the spec of a Flux Kustomization counts, too', async () => {
  const folder = await locked(folderWith({
    'flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: "ssh://git@example.com/shop", ref: {branch: main}}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, path: ./flux-system, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
`,
    'flux-system/widgets.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: widgets, namespace: flux-system}
spec:
  interval: 1m
  path: ./widgets
  prune: true
  sourceRef: {kind: GitRepository, name: flux-system}
  patches:
    - target: {kind: Deployment, name: operator}
      patch: '[{"op": "add", "path": "/spec/replicas", "value": 2}]'
`,
    'widgets/kustomization.yaml': `resources: [${server.address}/v1.0.0/widgets-1.0.0.yaml]\n`,
  }));
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets({ name: 'controller' });

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0'], folder);

  expect(updated.stdout).toContain('what is here and would break:\n  flux-system/widgets.yaml:10 the patch: hit Deployment widgets/operator, and its target selects nothing any more\nobjects');
});

test('a copy in the repository is replaced byte for byte; one that somebody has changed is not', async () => {
  const bytes = widgets().replace('kind: ClusterRole', 'kind:   ClusterRole');
  server.files['/v1.0.0/widgets-1.0.0.yaml'] = bytes;
  const folder = folderWith({ 'vendor/widgets.yaml': bytes });
  await locked(folder);
  const next = widgets({ image: '1.1.0' });
  server.files['/v1.1.0/widgets-1.1.0.yaml'] = next;
  server.files['/v1.2.0/widgets-1.2.0.yaml'] = widgets({ image: '1.2.0' });

  const first = await call(upstreamUpdate, ['widgets', 'v1.1.0'], folder);
  const copied = read(folder, 'vendor/widgets.yaml');
  writeFileSync(join(folder, 'vendor/widgets.yaml'), `${next}# ours\n`);
  const second = await call(upstreamUpdate, ['widgets', 'v1.2.0'], folder);

  expect([first.status, first.stderr, copied]).toEqual([0, 'written: upstream.lock.yaml, vendor/widgets.yaml\nthen: fluxwright diff, and commit\n', next]);
  expect(second.stdout).toContain('what is here and would break:\n  vendor/widgets.yaml:1 the copy: was changed by hand, which would be lost: make patches of the changes\n');
  expect([second.status, read(folder, 'vendor/widgets.yaml')]).toEqual([1, `${next}# ours\n`]);
});

test('the old version comes from where it is published, if it is nowhere here; without it nothing is compared', async () => {
  const folder = await locked(shop());
  server.files['/v1.1.0/widgets-1.1.0.yaml'] = widgets({ image: '1.1.0' });
  process.env['XDG_CACHE_HOME'] = folderWith();

  const fetched = await call(upstreamUpdate, ['widgets', 'v1.1.0', '--dry-run'], folder);
  server.files['/v1.0.0/widgets-1.0.0.yaml'] = 'kind: Tampered\n';
  const refused = await call(upstreamUpdate, ['widgets', 'v1.1.0'], folder);
  const accepted = await call(upstreamUpdate, ['widgets', 'v1.1.0', '--accept-breaking'], folder);

  expect(fetched.stdout).toContain('images:\n  example.com/operator: 1.0.0 → 1.1.0\n');
  expect([refused.status, refused.stderr.replaceAll(server.address, 'http://server')]).toEqual([2, `widgets v1.0.0, which is locked, is not to be had, so that nothing can be compared with it: http://server/v1.0.0/widgets-1.0.0.yaml has the sha256 ${sha256Of(Buffer.from('kind: Tampered\n'))}, not the pinned ${sha256Of(Buffer.from(widgets()))}
  fix: bring it into the cache with "fluxwright upstream fetch", or go without a comparison: --accept-breaking
`]);
  expect([accepted.status, accepted.stdout.split('\n')[2]]).toEqual([0, 'not compared: the locked version is not to be had']);
});

test.each([
  ['an unknown name', ['widget', 'v1.1.0'], 'upstream.lock.yaml locks no release "widget"\n  fix: write widgets\n'],
  ['a version that is none', ['widgets', '../../etc'], '"../../etc" is no version\n  fix: write it as upstream does, such as v1.17.0\n'],
  ['a version that is not published', ['widgets', 'v9.0.0'], 'http://server/v9.0.0/widgets-9.0.0.yaml could not be fetched: the server answered 404 Not Found\n  fix: check the URL and the network, or bring the file yourself and name it as "source"\n'],
  ['another digest than the demanded one', ['widgets', 'v1.1.0', '--sha256', 'ab'.repeat(32)], `http://server/v1.1.0/widgets-1.1.0.yaml has the sha256 DIGEST, not the pinned ${'ab'.repeat(32)}\n  fix: find out why it changed; if the new contents are right, pin their digest\n`],
  ['a page that says no', ['widgets', 'page'], 'http://server/page/widgets-page.yaml holds no Kubernetes object\n  fix: name the URL of the manifests themselves, not of a page or an archive\n'],
  ['no YAML', ['widgets', 'noise'], 'http://server/noise/widgets-noise.yaml:2 is not YAML that Go reads: '],
  ['a server that hangs', ['widgets', 'hangs', '--timeout', '0.1'], 'http://server/hangs/widgets-hangs.yaml could not be fetched: it took too long\n'],
  ['a timeout that is none', ['widgets', 'v1.1.0', '--timeout', 'soon'], '--timeout soon is no number of seconds\n  fix: write one above 0, at most 3600\n'],
  ['a format that is none', ['widgets', 'v1.1.0', '--format', 'xml'], '--format xml is unknown\n  fix: write text or json\n'],
  ['a lock file that is not there', ['widgets', 'v1.1.0', '--file', 'lock.yaml'], 'there is no file lock.yaml\n  fix: name a lock file of the repository, or leave --file out\n'],
])('%s changes nothing', async (_, parameters, message) => {
  const folder = await locked(shop());
  const [lock, cached] = [read(folder), readdirSync(upstreamCacheDirectory())];
  const next = widgets({ image: '1.1.0' });
  server.files['/v1.1.0/widgets-1.1.0.yaml'] = next;
  server.files['/page/widgets-page.yaml'] = '<html><body>sign in</body></html>\n';
  server.files['/noise/widgets-noise.yaml'] = 'a: [b\n';
  server.files['/hangs/widgets-hangs.yaml'] = () => {};

  const updated = await call(upstreamUpdate, parameters, folder);

  expect([updated.status, updated.stdout]).toEqual([2, '']);
  expect(updated.stderr.replaceAll(server.address, 'http://server').replace(sha256Of(Buffer.from(next)), 'DIGEST')).toContain(message);
  expect([read(folder), readdirSync(upstreamCacheDirectory())]).toEqual([lock, cached]);
});

test('what is listed and not locked is to be locked first, by its URL', async () => {
  const updated = await call(upstreamUpdate, ['widgets', 'v1.1.0'], shop());

  expect([updated.status, updated.stderr]).toEqual([2, `there is no upstream.lock.yaml that would lock "widgets"\n  fix: lock it first: fluxwright upstream add ${server.address}/v1.0.0/widgets-1.0.0.yaml\n`]);
});

test('a release in an archive is taken out of it, in each version', async () => {
  const folder = folderWith();
  const bundle = (text: string): Buffer => gzipSync(createTar([{ name: './operator/widgets.yaml', data: text }]));
  server.files['/1.0.0/release-bundle.tar.gz'] = bundle(widgets());
  server.files['/1.1.0/release-bundle.tar.gz'] = bundle(widgets({ image: '1.1.0' }));
  await call(upstreamAdd, [`${server.address}/1.0.0/release-bundle.tar.gz#operator/widgets.yaml`, '--path', 'vendor/widgets.yaml', '--version', '1.0.0'], folder);

  const updated = await call(upstreamUpdate, ['widgets', '1.1.0'], folder);

  expect(updated.status).toBe(0);
  expect(read(folder, 'vendor/widgets.yaml')).toBe(widgets({ image: '1.1.0' }));
  expect(read(folder)).toContain('    url: http://server/{version}/release-bundle.tar.gz#operator/widgets.yaml\n');
});

test('a file that cannot be written leaves all files as they were', async () => {
  const folder = await locked(shop());
  const lock = read(folder);
  server.files['/v1.1.0/widgets-1.1.0.yaml'] = (_, response) => {
    writeFileSync(join(folder, 'upstream.lock.yaml'), `${readFileSync(join(folder, 'upstream.lock.yaml'), 'utf8')}# somebody else\n`); // while it is fetched
    response.end(widgets({ image: '1.1.0' }));
  };

  const updated = await call(upstreamUpdate, ['widgets', 'v1.1.0'], folder);

  expect([updated.status, updated.stderr]).toEqual([2, 'upstream.lock.yaml was changed by somebody else meanwhile\n  fix: run it again\n']);
  expect(read(folder)).toBe(`${lock}# somebody else\n`);
  expect(read(folder, 'clusters/kustomization.yaml')).toContain('v1.0.0');
  expect(existsSync(join(folder, '.upstream.lock.yaml.fluxwright'))).toBe(false);
});

test('the version that is locked changes nothing, however often it is asked for', async () => {
  const folder = await locked(shop());

  const again = await call(upstreamUpdate, ['widgets', 'v1.0.0'], folder);

  expect(again).toEqual({ status: 0, stdout: `widgets v1.0.0 → v1.0.0\nsha256 ${sha256Of(Buffer.from(widgets()))}, as before\nnothing changes but for what objects hold\n`, stderr: 'widgets v1.0.0 is what is locked\n' });
});

test('programs get all of it as JSON', async () => {
  const folder = await locked(shop({ 'shop/widget.yaml': widget() }));
  server.files['/v2.0.0/widgets-2.0.0.yaml'] = widgets({ size: 'type: integer, maximum: 2' });

  const updated = await call(upstreamUpdate, ['widgets', 'v2.0.0', '--format', 'json'], folder);

  expect(JSON.parse(updated.stdout)).toEqual({
    name: 'widgets', from: 'v1.0.0', to: 'v2.0.0', url: `${server.address}/v2.0.0/widgets-2.0.0.yaml`, sha256: sha256Of(Buffer.from(server.files['/v2.0.0/widgets-2.0.0.yaml'] as string)),
    changes: {
      breaks: [{ file: 'shop/widget.yaml', line: 7, subject: 'Widget shop/small', text: 'spec.size is 3; it has to be at most 2' }],
      definitions: [{ name: 'widgets.shop.example.com', group: 'shop.example.com', kind: 'Widget', version: 'v1', narrowing: { path: ['spec', 'size'], text: 'is at most 2' }, uses: ['shop/widget.yaml:7'] }],
      images: [], rights: [], gone: [], added: [],
    },
  });
});
