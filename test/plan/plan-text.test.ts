import { planChange, planTree } from '../../src/plan/make-plan';
import { formatJson } from '../../src/plan/output/json';
import { formatMarkdown } from '../../src/plan/output/markdown';
import { formatText } from '../../src/plan/output/text';
import { kustomization, type Files } from '../checks/check-tree';
import { contextOf, dependsOn, fleet, textOf } from './plan-of';

const CRD = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: certificates.cert-manager.io}\nspec:\n  group: cert-manager.io\n  names: {kind: Certificate}\n';
const shop = (): Files => ({
  ...fleet({ crds: 'wait: true\ntimeout: 3m\n', database: dependsOn('crds'), web: `${dependsOn('database')}wait: true\nretryInterval: 1m\n`, certificates: 'retryInterval: 2m\n' }),
  'crds/crd.yaml': CRD,
  'certificates/web.yaml': 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web, namespace: default}\n',
});

test('a plan shows the waves, what each waits for and for how long, and the critical path', async () => {
  expect(await textOf(shop())).toBe(`clusters/prod: 5 Flux Kustomizations in 4 waves

wave 1  flux-system   clusters/prod
wave 2  crds          crds           waits up to 3m
wave 3  certificates  certificates   fails until crds has installed the CRD of Certificate; tried again every 2m
        database      database       after crds
wave 4  web           web            after database; waits up to 9m30s

critical path (waits up to 12m30s): flux-system ⇒ crds → database → web`);
});

const broken = (): Files => {
  const { 'lost/settings.yaml': _, ...files } = { ...shop(), ...fleet({ crds: dependsOn('web'), database: dependsOn('crds'), web: dependsOn('database'), last: dependsOn('web'), typo: dependsOn('databse'), lost: '', off: 'suspend: true\n' }) } as Record<string, string>;
  return files;
};

test('what never becomes ready is told with its place, its reason and what to do, and then what only waits for it', async () => {
  expect(await textOf(broken())).toBe(`clusters/prod: 9 Flux Kustomizations in 1 wave; 8 never become ready

wave 1  flux-system  clusters/prod

never ready
  crds, database and web
    waits in a circle: flux-system/crds depends on flux-system/web; flux-system/web depends on flux-system/database; flux-system/database depends on flux-system/crds [waits-in-circle]
    fix: drop one of these dependencies
    at: clusters/prod/crds.yaml:1
  lost
    path "./lost" does not exist [path-missing]
    fix: write "path: ./last", if that is meant
    at: clusters/prod/lost.yaml:8
  off
    is suspended [suspended]
    fix: take "suspend: true" away, if it is to come up
    at: clusters/prod/off.yaml:1
  typo
    depends on the Kustomization flux-system/databse, which does not exist in this cluster [depends-on-missing]
    fix: write "name: database", if that is meant
    at: clusters/prod/typo.yaml:14
  certificates needs the CRDs of crds
  last depends on web`);
});

test('for a comment it is a table, with what never becomes ready on top and nothing in it that is markup', async () => {
  const context = await contextOf({ ...fleet({ web: 'dependsOn:\n  - name: "<b|@you`"\n' }) });

  expect(formatMarkdown(planTree(context, context.clusters, false))).toBe(`### clusters/prod: 2 Flux Kustomizations in 1 wave; 1 never becomes ready

**Never ready**

- **web**: depends on the Kustomization flux-system/&lt;b\\|@\u2060you\\\`, which does not exist in this cluster<br>fix: name one of the same kind and cluster, with its namespace if that is another, or drop the dependency<br>at: clusters/prod/web.yaml:14

| wave | Kustomization | path | |
| ---: | --- | --- | --- |
| 1 | flux-system | clusters/prod |  |`);
});

test('for programs it is all there, and the same each time', async () => {
  const plan = async (): Promise<string> => {
    const context = await contextOf(shop());
    return formatJson(planTree(context, context.clusters, true));
  };

  expect(JSON.parse(await plan())).toMatchObject({
    version: 1, of: 'from-scratch', summary: { clusters: 1, kustomizations: 5, never: 0 },
    clusters: [{
      cluster: 'clusters/prod', kustomizations: 5, longest: 750, never: [],
      waves: [
        [{ kustomization: 'flux-system/flux-system', path: 'clusters/prod', waits: false, timeout: 570, retry: 600, after: [], early: [] }],
        [{ kustomization: 'flux-system/crds', waits: true, timeout: 180 }],
        [{ kustomization: 'flux-system/certificates', early: [{ reason: 'crd', on: ['flux-system/crds'], what: 'Certificate' }], retry: 120 }, { kustomization: 'flux-system/database', after: [{ reason: 'depends-on', on: ['flux-system/crds'] }] }],
        [{ kustomization: 'flux-system/web' }],
      ],
      criticalPath: [{ kustomization: 'flux-system/flux-system' }, { kustomization: 'flux-system/crds', because: 'applied-by' }, { kustomization: 'flux-system/database', because: 'depends-on' }, { kustomization: 'flux-system/web', because: 'depends-on' }],
      runbook: [{ title: 'Install Flux, and have it apply this tree' }, { title: 'Wait until all is ready' }],
    }],
  });
  expect(await plan()).toBe(await plan());
});

test('a tree without Flux says that Flux would apply nothing', async () => {
  expect(await textOf({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' })).toBe('there is no Flux Kustomization in this tree, so that Flux would apply nothing');
});

describe('for a change', () => {
  const changed = async (before: Files, after: Files): Promise<string> => {
    const [one, other] = [await contextOf(before), await contextOf(after)];
    return formatText(planChange(one, other, other.clusters, { before: 'main', after: 'the working tree' }), false);
  };

  test('those that are built from what differs stand in it, with those that wait for the new revision of them', async () => {
    const after = { ...shop(), 'database/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: default}\n', 'docs/README.md': 'x' };

    expect(await changed(shop(), after)).toBe(`clusters/prod: 2 Flux Kustomizations of 5 concerned

wave 1  database  database  1 added, 1 removed of its objects; by database/settings.yaml; after crds
wave 2  web       web       waits for database to have the new revision; waits up to 9m30s

1 changed file that no Flux Kustomization is built from: docs/README.md`);
  });

  test('a comment changes nothing of what is applied, and a new Kustomization is applied by the one that lists it', async () => {
    expect(await changed(shop(), { ...shop(), 'web/settings.yaml': `# why\n${shop()['web/settings.yaml']!}` })).toBe(`clusters/prod: 1 Flux Kustomization of 5 concerned

wave 1  web  web  applies the same as before; by web/settings.yaml; after database; waits up to 9m30s`);
    expect(await changed(shop(), { ...shop(), ...fleet({ ...{ metrics: '' } }) })).toBe(`clusters/prod: 2 Flux Kustomizations of 6 concerned

wave 1  flux-system  clusters/prod  1 added of its objects; by clusters/prod/metrics.yaml
wave 2  metrics      metrics        new: 1 object; by clusters/prod/metrics.yaml and metrics/settings.yaml`);
  });

  test('one that goes takes with it what it has applied, if it prunes', async () => {
    const { 'clusters/prod/web.yaml': _, ...without } = shop() as Record<string, string>;

    expect(await changed(shop(), without)).toContain('\n\nremoved web: Flux deletes the 1 object that it has applied');
    expect(await changed({ ...shop(), 'clusters/prod/web.yaml': kustomization('web', './web').replace('prune: true', 'prune: false') }, without)).toContain('\n\nremoved web: the 1 object that it has applied stay, since it does not prune');
  });

  test('what the change keeps from becoming ready is told, and what was so before is not', async () => {
    const before = { ...shop(), ...fleet({ stuck: dependsOn('nothing') }) };

    const text = await changed(before, { ...before, 'clusters/prod/web.yaml': kustomization('web', './wbe') });

    expect(text).toContain('never ready\n  web\n    path "./wbe" does not exist [path-missing]\n    fix: write "path: ./web", if that is meant\n    at: clusters/prod/web.yaml:8');
    expect(text).not.toContain('stuck');
  });

  test('where nothing differs that Flux applies, nothing is concerned', async () => {
    expect(await changed(shop(), shop())).toBe('no Flux Kustomization is concerned');
  });
});
