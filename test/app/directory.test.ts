import { Cluster, Directory, GitopsApp, k8s, NamespaceDirectory } from 'fluxwright';

test('lies where its parent directory and its path say', () => {
  const app = new GitopsApp({ name: 'shop' });
  const server = new Directory(app, 'server');
  const overlays = new Directory(server, 'overlays', { path: 'overlays/production' });

  expect(server.path).toBe('k8s/server');
  expect(overlays.path).toBe('k8s/server/overlays/production');
  expect(new Directory(overlays, 'here', { path: '.' }).path).toBe('k8s/server/overlays/production');
  expect(overlays.pathOf('patch.yaml')).toBe('k8s/server/overlays/production/patch.yaml');
});

test('names other directories and paths from where it lies', () => {
  const app = new GitopsApp({ name: 'shop' });
  const server = new Directory(app, 'server');
  const production = new Directory(server, 'production');

  expect(production.reference(server)).toBe('..');
  expect(server.reference(production)).toBe('production');
  expect(production.reference(new Directory(app, 'shared'))).toBe('../../shared');
  expect(production.reference('https://example.com/release.yaml')).toBe('https://example.com/release.yaml');
});

test('inherits the namespace and the variables of the directory around it', () => {
  const app = new GitopsApp({ name: 'shop' });
  const server = new NamespaceDirectory(new Cluster(app, 'production'), 'server', { variables: ['BRANCH_NAME'] });
  const base = new Directory(server, 'base');

  expect([base.targetNamespace, base.variables]).toEqual(['server', ['BRANCH_NAME']]);
  expect(new Directory(server, 'other', { namespace: 'other', variables: [] }).targetNamespace).toBe('other');
});

test.each([
  ['../elsewhere', 'path-leaves-root', 'web: "k8s/../elsewhere" leads out of the tree\'s root'],
  ['/etc', 'path-invalid', 'web: "k8s//etc" is not a path that every machine can hold'],
  ['a\\b', 'path-invalid', 'web: "k8s/a\\\\b" is not a path that every machine can hold'],
])('refuses to lie at %s', (path, code, problem) => {
  const declare = () => new Directory(new GitopsApp({ name: 'shop' }), 'web', { path });

  expect(declare).toThrow(expect.objectContaining({ code, problem }));
});

test('an object without a name takes the id that people read', () => {
  const app = new GitopsApp({ name: 'shop' });
  const account = new k8s.KubeServiceAccount(new Directory(app, 'web'), 'frontend');

  expect(account.name).toBe('frontend');
});
