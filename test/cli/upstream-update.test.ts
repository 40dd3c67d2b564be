import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { upstreamAdd } from '../../src/cli/commands/upstream-add';
import { upstreamList } from '../../src/cli/commands/upstream-list';
import { upstreamUpdate } from '../../src/cli/commands/upstream-update';
import { findUpstream, sha256Of } from '../../src/upstream/upstream-cache';
import { folderWith } from '../folders';
import { ReleaseServer } from '../upstream/release-server';
import { call } from './call';

const server = new ReleaseServer();

/** A release of an operator of widgets. */
function widgets({ versions = ['v1'], size = 'type: integer', image = '1.0.0', verbs = 'get', name = 'operator' } = {}): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.shop.example.com
spec:
  group: shop.example.com
  scope: Namespaced
  names: {kind: Widget, plural: widgets}
  versions:
${versions.map((version, index) => `    - name: ${version}
      served: true
      storage: ${index === 0}
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size: {${size}}
`).join('')}---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: widgets}
spec:
  selector: {matchLabels: {app: operator}}
  template:
    metadata: {labels: {app: operator}}
    spec:
      containers:
        - {name: operator, image: "example.com/operator:${image}"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: operator}
rules:
  - {apiGroups: [""], resources: [secrets], verbs: [${verbs}]}
`;
}

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
  expect(added.stdout).toBe(`widgets v1.0.0\nsha256 ${digest}\n3 objects, 1 of them definitions; 1 images\n`);
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
