import { ApiObject, Base, Cluster, Component, ConfigMapGenerator, Directory, FluxKustomization, FluxSystem, GitopsApp, JsonPatch6902, k8s, KubeObject, Overlay, partOf, StrategicMergePatch, type PatchTarget } from 'fluxwright';
import type { Construct } from 'constructs';
import { kustomizeBuild } from '../kustomize';
import { describeWith } from '../tools';

describe('a patch that finds no object is refused, with the object that it names and the directory that lacks it', () => {
  test('for a name that nothing has, with those that are there', () => {
    const { app, overlay } = shop();
    paused(overlay, 'paused', { name: 'sever' });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/overlay/paused.yaml (overlay/paused) changes Deployment "sever", and k8s/overlay (overlay) has no such object
  fix: take in a base that has it, or mend the name: there is Deployment "server", Deployment "web/web""
`);
  });

  test('for another namespace, and for none where the object has one', () => {
    const { app, overlay } = shop();
    paused(overlay, 'elsewhere', { name: 'web', namespace: 'shop' });
    paused(overlay, 'nowhere', { name: 'web' });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/overlay/elsewhere.yaml (overlay/elsewhere) changes Deployment "shop/web", and k8s/overlay (overlay) has no such object
  fix: take in a base that has it, or mend the name: there is Deployment "server", Deployment "web/web"
k8s/overlay/nowhere.yaml (overlay/nowhere) changes Deployment "web", and k8s/overlay (overlay) has no such object
  fix: take in a base that has it, or mend the name: there is Deployment "server", Deployment "web/web""
`);
  });

  test('for a target that selects nothing, of which kustomize says nothing', () => {
    const { app, overlay } = shop();
    paused(overlay, 'paused', undefined, { kind: 'Deployment', name: 'serv' });
    new JsonPatch6902(overlay, 'one', { target: { group: 'apps', kind: 'StatefulSet' }, operations: [{ op: 'remove', path: '/spec/replicas' }], inline: true });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/overlay/paused.yaml (overlay/paused) changes what the target { kind: "Deployment", name: "serv" } selects, and k8s/overlay (overlay) has no such object
  fix: take in a base that has it, or mend the target: there is Deployment "server", Deployment "web/web"
k8s/overlay/kustomization.yaml (overlay): a patch changes what the target { group: "apps", kind: "StatefulSet" } selects, and k8s/overlay (overlay) has no such object
  fix: take in a base that has it, or mend the target"
`);
  });

  test('for a component where it is applied without its object, and not where it has it', () => {
    const { app, base } = shop();
    const component = new Component(app, 'debug');
    paused(component, 'paused', { name: 'server' });
    new Overlay(app, 'with', { bases: [base], components: [component] });
    new Directory(app, 'without', { components: [component] });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/debug/paused.yaml (debug/paused) changes Deployment "server", and k8s/without (without), which applies the component, has no such object
  fix: leave the component out, or take in a base that has it, or mend the name"
`);
  });
});

describe('a Flux Kustomization that changes what is not there is refused', () => {
  test('for a patch of its own, and for a component that it adds', () => {
    const { app, overlay } = shop();
    const cluster = new Cluster(app, 'production');
    const start = new Directory(cluster, 'start', { path: 'production' });
    const source = { kind: 'GitRepository', name: 'shop' };
    const component = new Component(app, 'debug');
    paused(component, 'paused', { name: 'mail' });
    new FluxKustomization(start, 'server', {
      applies: overlay,
      source,
      components: [component],
      patches: [
        { patch: partOf(k8s.KubeDeployment, { metadata: { name: 'server' }, spec: { paused: true } }) },
        { patch: [{ op: 'remove', path: '/spec' }], target: { kind: 'CronJob' } },
      ],
    });
    new FluxKustomization(start, 'elsewhere', { applies: './apps', source, patches: [{ patch: [{ op: 'remove', path: '/spec' }], target: { kind: 'CronJob' } }] });

    expect(problemsOf(app)).toMatchInlineSnapshot(`
"k8s/debug/paused.yaml (debug/paused) changes Deployment "mail", and k8s/overlay, to which k8s/production/server.yaml (production/start/server) adds the component, has no such object
  fix: leave the component out, or take in a base that has it, or mend the name: there is Deployment "server", Deployment "web/web"
k8s/production/server.yaml (production/start/server): a patch changes what the target { kind: "CronJob" } selects, and k8s/overlay, which it applies, has no such object
  fix: take in a base that has it, or mend the target"
`);
  });
});

describe('a patch is left alone', () => {
  test.each<[string, (app: GitopsApp, overlay: Overlay, base: Base) => void]>([
    ['that names an object of a base, of a base\'s base, or of its own directory', (app, overlay) => {
      paused(overlay, 'paused', { name: 'server' });
      paused(new Overlay(app, 'eu', { bases: [overlay] }), 'paused', { name: 'server' });
      new ApiObject(overlay, 'own', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'own' } });
      paused(overlay, 'own-paused', { name: 'own' });
    }],
    ['that names an object by what it is called before or after its directory renames it', (app, _, base) => {
      const renaming = new Overlay(app, 'renaming', { bases: [base], namePrefix: 'eu-', nameSuffix: '-1', namespace: 'shop' });
      const outer = new Overlay(app, 'outer', { bases: [renaming] });
      paused(outer, 'old', { name: 'server' });
      paused(outer, 'new', { name: 'eu-server-1', namespace: 'shop' });
    }],
    ['whose target selects by a regular expression, an apiVersion or labels', (_, overlay) => {
      paused(overlay, 'expression', undefined, { kind: 'Deployment', name: 'ser.*|mail' });
      paused(overlay, 'version', undefined, { group: 'apps', version: 'v1' });
      paused(overlay, 'labels', undefined, { labelSelector: 'app=server' });
    }],
    ['that names a generated object', (_, overlay) => {
      new ConfigMapGenerator(overlay, 'settings', { literals: ['a=b'] });
      new StrategicMergePatch(overlay, 'more', { of: k8s.KubeConfigMap, patch: { metadata: { name: 'settings' }, data: { b: 'c' } } });
    }],
    ['where not all objects are known: from elsewhere, and of Flux itself', (app, _, base) => {
      paused(new Overlay(app, 'remote', { bases: [base], resources: ['https://example.com/mail.yaml'] }), 'paused', { name: 'mail' });
      const flux = new FluxSystem(new Cluster(app, 'production'), 'flux-system', { url: 'https://example.com/shop' });
      paused(flux, 'paused', { name: 'source-controller', namespace: 'flux-system' });
    }],
  ])('%s', (_, declare) => {
    const { app, overlay, base } = shop();

    declare(app, overlay, base);

    expect(problemsOf(app)).toBe('none');
  });
});

describeWith('kustomize', 'as kustomize has it', (kustomize) => {
  test('it finds an object by any of its names, and by its namespace', () => {
    const { app, base } = shop();
    const renaming = new Overlay(app, 'renaming', { bases: [base], namePrefix: 'eu-', namespace: 'shop' });
    const outer = new Overlay(app, 'outer', { bases: [renaming] });
    new StrategicMergePatch(outer, 'old', { of: k8s.KubeDeployment, patch: { metadata: { name: 'server' }, spec: { paused: true } } });
    new StrategicMergePatch(outer, 'new', { of: k8s.KubeDeployment, patch: { metadata: { name: 'eu-server', namespace: 'shop' }, spec: { replicas: 7 } } });

    const built = kustomizeBuild(kustomize, app, 'k8s/outer');

    expect(built).toContain('paused: true\n  replicas: 7');
  });
});

function shop(): { app: GitopsApp; base: Base; overlay: Overlay } {
  const app = new GitopsApp({ name: 'shop' });
  const base = new Base(app, 'base');
  new KubeObject(base, 'server', { of: k8s.KubeDeployment, object: { metadata: { name: 'server' } } });
  new KubeObject(base, 'web', { of: k8s.KubeDeployment, object: { metadata: { name: 'web', namespace: 'web' } } });
  return { app, base, overlay: new Overlay(app, 'overlay', { bases: [base] }) };
}

function paused(scope: Construct, id: string, metadata?: { name: string; namespace?: string }, target?: PatchTarget): void {
  new StrategicMergePatch(scope, id, { of: k8s.KubeDeployment, patch: { metadata, spec: { paused: true } }, target });
}

function problemsOf(app: GitopsApp): string {
  try {
    app.toTree();
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}
