import { ApiObject, Cluster, Component, Directory, FluxKustomization, NamespaceDirectory, Overlay } from 'fluxwright';
import { kustomizationsApplying } from '../../../src/constructs/flux/kustomizations-applying';
import { messageOf, platform } from './platform';

function chain(cluster: Cluster, names: readonly string[]): FluxKustomization[] {
  const made: FluxKustomization[] = [];
  for (const name of names) {
    const directory = new NamespaceDirectory(cluster, name);
    made.push(new FluxKustomization(directory, name, { applies: directory, dependsOn: made.slice(-1) }));
  }
  return made;
}

describe('who applies a directory', () => {
  test('those that name it, by object or path, or a directory that takes it in, or it as a component', () => {
    const { cluster } = platform();
    const base = new Directory(cluster, 'base');
    const overlay = new Overlay(cluster, 'overlay', { bases: [base] });
    const byText = new Directory(cluster, 'by-text', { resources: ['../overlay'] });
    const component = new Component(cluster, 'component');
    const unrelated = new Directory(cluster, 'unrelated');
    const sync = new Directory(cluster, 'sync');

    const first = new FluxKustomization(sync, 'first', { applies: byText });
    const second = new FluxKustomization(sync, 'second', { applies: './k8s/base/', components: [component] });

    expect(kustomizationsApplying(base)).toEqual([first, second]);
    expect(kustomizationsApplying(overlay)).toEqual([first]);
    expect(kustomizationsApplying(component)).toEqual([second]);
    expect(kustomizationsApplying(unrelated)).toEqual([]);
  });

  test('all that lies below a directory without kustomization.yaml is applied with it', () => {
    const { cluster, flux } = platform();
    const all = new Directory(cluster, 'all', { hasKustomization: false });
    const below = new Directory(all, 'below');
    const other = new Directory(cluster, 'all-others');

    const kustomization = new FluxKustomization(new Directory(flux, 'sync'), 'all', { applies: all });

    expect(kustomizationsApplying(below)).toEqual([kustomization]);
    expect(kustomizationsApplying(other)).toEqual([]);
  });

  test('one that is made later counts', () => {
    const { cluster } = platform();
    const directory = new NamespaceDirectory(cluster, 'server');
    expect(kustomizationsApplying(directory)).toEqual([]);

    const kustomization = new FluxKustomization(directory, 'server', { applies: directory });

    expect(kustomizationsApplying(directory)).toEqual([kustomization]);
  });
});

describe('refuses', () => {
  test('a cycle of dependsOn, naming all that are in it', () => {
    const { app, cluster } = platform();
    const [certManager, , server] = chain(cluster, ['cert-manager', 'cnpg', 'server', 'web']);
    certManager!.addDependency(server!);

    expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Kustomizations wait for each other for ever: cert-manager → server → cnpg → cert-manager (production/cert-manager/cert-manager, production/server/server, production/cnpg/cnpg)
  fix: drop one of these dependsOn or healthChecks"
`);
  });

  test('a cycle that only names make, one of itself, and one in the escape hatch, each once', () => {
    const { app, cluster } = platform();
    const a = new NamespaceDirectory(cluster, 'a');
    new FluxKustomization(a, 'one', { applies: a, dependsOn: [{ name: 'two', namespace: 'flux-system' }] });
    new FluxKustomization(a, 'two', { applies: './k8s', dependsOn: [{ name: 'one' }] });
    new FluxKustomization(a, 'three', { applies: './k8s', spec: { dependsOn: [{ name: 'three' }] } });

    expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Kustomizations wait for each other for ever: one → two → one (production/a/one, production/a/two)
  fix: drop one of these dependsOn or healthChecks
Kustomizations wait for each other for ever: three → three (production/a/three)
  fix: drop one of these dependsOn or healthChecks"
`);
  });

  test('a health check of one that waits for it', () => {
    const { app, cluster } = platform();
    const a = new NamespaceDirectory(cluster, 'a');
    const kustomize = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', name: 'two', namespace: 'flux-system' };
    const one = new FluxKustomization(a, 'one', { applies: a, healthChecks: [kustomize] });
    new FluxKustomization(a, 'two', { applies: './k8s', dependsOn: [one] });

    expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Kustomizations wait for each other for ever: one → two → one (production/a/one, production/a/two)
  fix: drop one of these dependsOn or healthChecks"
`);
  });

  test('nothing where many wait for one, and chains are long', () => {
    const { app, cluster } = platform();
    const made = chain(cluster, Array.from({ length: 2_000 }, (_, index) => `n${index}`));
    made.at(-1)!.addDependency(...made.slice(0, 100));

    expect(() => app.toTree()).not.toThrow();
  });

  test('one that waits for what waits for it', () => {
    const { app, cluster } = platform();
    const apps = new Directory(cluster, 'apps');
    const server = new NamespaceDirectory(cluster, 'server');
    const all = new FluxKustomization(server, 'all', { applies: apps, wait: true });
    const first = new FluxKustomization(apps, 'first', { applies: './k8s', dependsOn: [all] });
    new FluxKustomization(apps, 'second', { applies: './k8s', dependsOn: [first] });
    new FluxKustomization(server, 'outside', { applies: './k8s', dependsOn: [all] });

    expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Kustomization "production/server/all" waits for all that it applies, and "production/apps/first" is among that and depends on it: neither gets ready
  fix: drop the dependsOn, or the wait
Kustomization "production/server/all" waits for all that it applies, and "production/apps/second" is among that and depends on it: neither gets ready
  fix: drop the dependsOn, or the wait"
`);
  });

  test('a variable of an applied directory that gets no value', () => {
    const { app, cluster } = platform({ variables: { DOMAIN: 'example.com' } });
    const server = new NamespaceDirectory(cluster, 'server');
    const base = new Directory(cluster, 'base', { variables: ['BRANCH_NAME', 'DOMAIN'] });
    new ApiObject(base, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${BRANCH_NAME}' } });
    const overlay = new Overlay(cluster, 'overlay', { bases: [base] });
    new FluxKustomization(server, 'without', { applies: overlay });
    new FluxKustomization(server, 'with', { applies: overlay, substitute: { BRANCH_NAME: 'main' } });
    new FluxKustomization(server, 'from-secret', { applies: overlay, substituteFrom: [{ kind: 'Secret', name: 'values' }] });

    expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"Kustomization "production/server/without" applies k8s/base, which has the variable BRANCH_NAME, and gives it no value
  fix: add it: substitute: { BRANCH_NAME: … }"
`);
  });
});
