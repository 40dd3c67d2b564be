import { Cluster, Directory, GitopsApp, GitRepository } from 'fluxwright';

test('runs the newest Flux and decides where its directories lie', () => {
  const app = new GitopsApp({ name: 'shop' });

  const production = new Cluster(app, 'production');
  const staging = new Cluster(app, 'staging', { directory: 'clusters/staging', fluxRelease: '2.4' });

  expect([production.fluxRelease, production.kubernetesVersion, production.fluxNamespace, production.directory]).toEqual(['2.9', '1.34', 'flux-system', 'k8s']);
  expect(new Directory(production, 'server').path).toBe('k8s/server');
  expect(new Directory(staging, 'server').path).toBe('clusters/staging/server');
  expect(Cluster.around(new Directory(staging, 'web'))).toBe(staging);
  expect(Cluster.around(app)).toBeUndefined();
});

test('its variables may stand in all its objects', () => {
  const cluster = new Cluster(new GitopsApp({ name: 'shop' }), 'production', { variables: { TEAM: 'shop' } });
  const directory = new Directory(cluster, 'server');

  expect(() => new GitRepository(directory, 'source', { name: 'source-${TEAM}', url: 'https://example.com/${TEAM}' })).not.toThrow();
});

test('refuses what it cannot write for, all at once', () => {
  const app = new GitopsApp({ name: 'shop' });

  expect(() => new Cluster(app, 'production', {
  fluxRelease: '1.4' as '2.9',
  kubernetesVersion: 'v1.34.1',
  fluxNamespace: 'Flux',
  variables: { 'A-B': 'c', COUNT: 1 as unknown as string }
})).toThrowErrorMatchingInlineSnapshot(`
"Cluster "production" runs Flux "1.4", which fluxwright does not know
  fix: name one of 2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9
Cluster "production" runs Kubernetes "v1.34.1"
  fix: write its minor version, such as "1.34"
Cluster "production" has fluxNamespace "Flux"
  fix: use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit
Cluster "production" has "A-B" in variables, which is no name of a variable
  fix: use letters, digits and "_", not starting with a digit
Cluster "production" has variables.COUNT 1, which is no string
  fix: put it in quotes"
`);
});
