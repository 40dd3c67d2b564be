import type { History } from '../../../src/diff/consequences/history';
import { consequencesOf, diffOf, edited, replaced, type Files } from '../diff-files';
import { fleet, flux } from '../fleet';

const without = (path: string): Files => edited(fleet, { [path]: undefined });
const rbac = (kind: string, more: string): string => `apiVersion: rbac.authorization.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: reader\n${more}`;

describe('what prune deletes', () => {
  test('a database that leaves its kustomization is data, although its file is still there', async () => {
    const after = replaced(fleet, 'data/production/kustomization.yaml', '  - postgres.yaml\n', '');

    const { consequences } = await diffOf(fleet, after);

    expect(consequences).toMatchObject([{
      class: 'data-deleted',
      severity: 'danger',
      title: 'deletes Cluster shop/orders, and its data with it',
      evidence: { facts: ['data/production/kustomization.yaml is changed'], rule: { text: 'what leaves a Flux Kustomization with prune: true is deleted from the cluster' } },
      appliers: [{ cluster: 'clusters/production', kustomization: 'flux-system/data', stage: 'production' }],
      advice: ['to keep it, annotate it first, in a commit of its own: kustomize.toolkit.fluxcd.io/prune: disabled'],
    }]);
  });

  test('a Namespace takes along all that is in it, data first', async () => {
    const after = replaced(fleet, 'data/production/kustomization.yaml', '  - namespace.yaml\n', '');

    const { consequences: [first] } = await diffOf(fleet, after);

    expect(first).toMatchObject({ class: 'namespace-deleted', title: 'deletes Namespace shop, and everything in it' });
    expect(first!.affected[0]).toBe('Cluster shop/orders, and its data with it');
  });

  test('a CustomResourceDefinition takes along all objects of its kind', async () => {
    const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: clusters.postgresql.cnpg.io\nspec:\n  group: postgresql.cnpg.io\n  names:\n    kind: Cluster\n';
    const before = replaced(edited(fleet, { 'data/production/crd.yaml': crd }), 'data/production/kustomization.yaml', 'resources:\n', 'resources:\n  - crd.yaml\n');

    expect(await consequencesOf(before, fleet)).toEqual(['danger [crd-deleted] deletes CustomResourceDefinition clusters.postgresql.cnpg.io, and every Cluster in the cluster']);
  });

  test('prune: disabled, prune: false, suspend and a deletionPolicy of Orphan keep what they keep in the cluster', async () => {
    const after = (files: Files): Files => replaced(files, 'data/production/kustomization.yaml', '  - postgres.yaml\n', '');
    const kept = replaced(fleet, 'data/production/postgres.yaml', '  namespace: shop\n', '  namespace: shop\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n');
    const unpruned = replaced(fleet, 'clusters/production/data.yaml', 'prune: true', 'prune: false');
    const suspended = replaced(fleet, 'clusters/production/data.yaml', 'prune: true', 'prune: true\n  suspend: true');
    const orphaning = replaced(fleet, 'clusters/production/data.yaml', 'prune: true', 'prune: true\n  deletionPolicy: Orphan');

    expect(await consequencesOf(kept, after(kept))).toEqual([]);
    expect(await consequencesOf(unpruned, after(unpruned))).toEqual([]);
    expect(await consequencesOf(suspended, after(suspended))).toEqual([]);
    expect(await consequencesOf(orphaning, edited(orphaning, { 'clusters/production/data.yaml': undefined }))).toEqual(['notice [kustomization-removed] removes Flux Kustomization flux-system/data']);
  });

  test('a folder that goes while its Flux Kustomization stays deletes nothing: Flux fails', async () => {
    const after = edited(fleet, { 'data/production/kustomization.yaml': undefined, 'data/production/namespace.yaml': undefined, 'data/production/postgres.yaml': undefined });

    expect(await consequencesOf(fleet, after)).toEqual(['danger [kustomization-fails] Flux Kustomization flux-system/data fails: there is nothing at its path any more; what it applied stays as it is']);
  });
});

describe('Flux Kustomizations', () => {
  test('one that is removed deletes all that it applied', async () => {
    expect(await consequencesOf(fleet, without('clusters/production/data.yaml'))).toEqual([
      'danger [data-deleted] deletes Cluster shop/orders, and its data with it',
      'danger [namespace-deleted] deletes Namespace shop, and everything in it',
      'danger [kustomization-removed] removes Flux Kustomization flux-system/data, and deletes all that it applied',
    ]);
  });

  test('one that is renamed deletes and makes anew all that it applied', async () => {
    const after = replaced(fleet, 'clusters/production/data.yaml', 'name: data', 'name: databases');

    const { consequences } = await diffOf(fleet, after);

    expect(consequences).toMatchObject([{
      class: 'kustomization-removed',
      title: 'renames Flux Kustomization flux-system/data to flux-system/databases: all that it applied is deleted by the one and created by the other, in either order',
      affected: ['Cluster shop/orders, and its data with it', 'Namespace shop, and everything in it'],
      advice: ['commit first: spec.deletionPolicy: Orphan for flux-system/data, and wait until it is Ready', 'then rename it, and wait until flux-system/databases is Ready: it adopts the objects'],
    }]);
  });

  test('an object that goes over to another is deleted and made anew, unless it is moved step by step', async () => {
    const after = edited(replaced(fleet, 'data/production/kustomization.yaml', '  - postgres.yaml\n', ''), {
      'apps/production/kustomization.yaml': fleet['apps/production/kustomization.yaml']!.replace('  - ../base\n', '  - ../base\n  - postgres.yaml\n'),
      'apps/production/postgres.yaml': fleet['data/production/postgres.yaml'],
      'data/production/postgres.yaml': undefined,
    });

    const { consequences, changes } = await diffOf(fleet, after);

    expect(changes.map(({ type }) => type)).toEqual(['changed', 'moved', 'changed']);
    expect(consequences).toMatchObject([{
      class: 'moved-between-kustomizations',
      severity: 'danger',
      title: 'moves Cluster shop/orders from Flux Kustomization flux-system/data to flux-system/apps: deleted by the one and created by the other, in either order',
      advice: [
        'commit first, where it is: the annotation kustomize.toolkit.fluxcd.io/prune: disabled, and wait until flux-system/data has applied it',
        'commit the move, with the annotation',
        'wait until flux-system/apps is Ready: the label kustomize.toolkit.fluxcd.io/name of the object names it then',
        'commit without the annotation',
      ],
    }]);
  });

  test('a dependsOn that closes a circle, or leads nowhere, is a deadlock', async () => {
    const dependsOn = (name: string): string => `  dependsOn:\n    - name: ${name}\n`;
    const before = edited(fleet, { 'clusters/production/apps.yaml': flux('apps', 'apps/production', dependsOn('data')) });

    expect(await consequencesOf(before, edited(before, { 'clusters/production/data.yaml': flux('data', 'data/production', dependsOn('apps')) }))).toEqual(['danger [dependency-deadlock] deadlock: flux-system/apps → flux-system/data → flux-system/apps']);
    expect(await consequencesOf(before, edited(before, { 'clusters/production/data.yaml': flux('data', 'data/production', dependsOn('operators')) }))).toEqual(['danger [dependency-deadlock] flux-system/data waits for ever for flux-system/operators, which is not there']);
  });
});

describe('objects that change', () => {
  test('a selector, a claim that shrinks and the claims of a StatefulSet are immutable', async () => {
    const objects = (label: string, size: string, claim: string): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: files
spec:
  resources:
    requests:
      storage: ${size}
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: queue
spec:
  selector:
    matchLabels:
      app: ${label}
  volumeClaimTemplates:
    - metadata:
        name: ${claim}
`;
    const before = replaced(edited(fleet, { 'apps/production/more.yaml': objects('queue', '10Gi', 'data') }), 'apps/production/kustomization.yaml', 'resources:\n', 'resources:\n  - more.yaml\n');

    expect(await consequencesOf(before, edited(before, { 'apps/production/more.yaml': objects('queue', '20Gi', 'data') }))).toEqual([]);
    expect(await consequencesOf(before, edited(before, { 'apps/production/more.yaml': objects('line', '5Gi', 'data') }))).toEqual([
      'danger [immutable-field] changes spec.resources.requests.storage of PersistentVolumeClaim files, which is immutable: Flux fails to apply it',
      'danger [immutable-field] changes spec.selector.matchLabels.app of StatefulSet queue, which is immutable: Flux fails to apply it',
    ]);
    expect(await consequencesOf(replaced(before, 'clusters/production/apps.yaml', 'prune: true', 'prune: true\n  force: true'), edited(replaced(before, 'clusters/production/apps.yaml', 'prune: true', 'prune: true\n  force: true'), { 'apps/production/more.yaml': objects('queue', '5Gi', 'data') }))).toEqual([
      'danger [immutable-field] changes spec.resources.requests.storage of PersistentVolumeClaim files, which is immutable: with force, Flux deletes it and makes it anew, and its volume with all data, unless its StorageClass retains it',
    ]);
  });

  test('pods restart for their template and for what is generated for them, and not for a label of the workload', async () => {
    const template = replaced(fleet, 'apps/base/web.yaml', 'value: info', 'value: debug');
    const generated = edited(fleet, { 'apps/base/settings.properties': 'greeting=good day\n' });
    const label = replaced(fleet, 'apps/base/web.yaml', '  name: web\n', '  name: web\n  labels:\n    tier: front\n');

    expect(await consequencesOf(fleet, template)).toEqual(['notice [pods-restart] restarts the pods of Deployment web']);
    expect(await consequencesOf(fleet, generated)).toEqual(['notice [pods-restart] restarts the pods of Deployment shop/web, which use the generated web-settings']);
    expect(await consequencesOf(fleet, label)).toEqual([]);
  });

  test('replicas, instances and requests that are lowered', async () => {
    const web = replaced(replaced(fleet, 'apps/base/web.yaml', 'replicas: 3', 'replicas: 1'), 'apps/base/web.yaml', 'memory: 256Mi', 'memory: 0.1Gi');
    const after = replaced(web, 'data/production/postgres.yaml', 'instances: 3', 'instances: 1');

    expect(await consequencesOf(fleet, after)).toEqual([
      'warning [replicas-lowered] lowers the replicas of Cluster shop/orders: spec.instances 3 → 1',
      'warning [replicas-lowered] lowers the replicas of Deployment web: spec.replicas 3 → 1',
      'warning [resources-lowered] lowers the resources of Deployment web: spec.template.spec.containers[name=web].resources.requests.memory 256Mi → 0.1Gi',
      'notice [pods-restart] restarts the pods of Deployment web',
    ]);
    expect(await consequencesOf(after, fleet)).toEqual(['notice [pods-restart] restarts the pods of Deployment web']);
  });

  test('images that go back, and images from elsewhere', async () => {
    const back = replaced(fleet, 'apps/staging/kustomization.yaml', 'newTag: 1.3.0', 'newTag: 1.2.9');
    const elsewhere = replaced(fleet, 'apps/base/web.yaml', '          image: registry.example.com/web\n          args', '          image: docker.io/somebody/web\n          args');

    expect(await consequencesOf(fleet, back)).toEqual(['warning [image-backwards] moves the image of apps/staging/kustomization.yaml backwards: registry.example.com/web 1.3.0 → 1.2.9']);
    expect(await consequencesOf(fleet, elsewhere, { only: 'image-repository' })).toEqual([
      'warning [image-repository] takes the image of Deployment web from another repository: registry.example.com/web:1.2.0 → docker.io/somebody/web',
      'warning [image-repository] takes the image of Deployment web from another repository: registry.example.com/web:1.3.0 → docker.io/somebody/web',
    ]);
  });

  test('an image under a marker that a person sets, and not the automation', async () => {
    const marked = (tag: string): Files => replaced(fleet, 'apps/staging/kustomization.yaml', 'newTag: 1.3.0', `newTag: ${tag} # {"$imagepolicy": "flux-system:web:tag"}`);
    const by = (name: string): History => ({ authorsOf: () => [{ name, email: 'someone@example.com', commit: '1a2b3c4' }], everHad: () => true });

    expect(await consequencesOf(marked('1.3.0'), marked('1.4.0'), { history: by('fluxcdbot') })).toEqual([]);
    expect(await consequencesOf(marked('1.3.0'), marked('1.4.0'), { history: by('Ada') })).toEqual(['warning [image-by-hand] sets the image of apps/staging/kustomization.yaml by hand, where image policy flux-system:web sets it: registry.example.com/web 1.3.0 → 1.4.0']);
  });

  test('a version that reaches production without an earlier stage', async () => {
    const promoted = replaced(fleet, 'apps/production/kustomization.yaml', 'newTag: 1.2.0', 'newTag: 1.3.0');
    const skipping = replaced(fleet, 'apps/production/kustomization.yaml', 'newTag: 1.2.0', 'newTag: 1.4.0');

    expect(await consequencesOf(fleet, promoted)).toEqual([]);
    expect(await consequencesOf(fleet, skipping)).toEqual(['warning [stage-skipped] brings 1.4.0 to production with apps/production/kustomization.yaml, and no earlier stage has had it']);
    expect(await consequencesOf(fleet, skipping, { history: { authorsOf: () => [], everHad: (text, files) => text === '1.4.0' && files.includes('apps/staging/kustomization.yaml') } })).toEqual([]);
  });

  test('rights that are widened, and not those that another rule gave already', async () => {
    const roles = (rules: string, subject: string): string => `${rbac('ClusterRole', `rules:\n${rules}`)}---\n${rbac('ClusterRoleBinding', `roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: reader\nsubjects:\n${subject}`)}`;
    const reader = '  - apiGroups: [""]\n    resources: [pods, secrets]\n    verbs: [get, list]\n';
    const ada = '  - kind: User\n    name: ada\n';
    const withRoles = (text: string): Files => replaced(edited(fleet, { 'apps/production/rbac.yaml': text }), 'apps/production/kustomization.yaml', 'resources:\n', 'resources:\n  - rbac.yaml\n');

    expect(await consequencesOf(withRoles(roles(reader, ada)), withRoles(roles('  - apiGroups: [""]\n    resources: [pods]\n    verbs: [get]\n', ada)))).toEqual([]);
    expect(await consequencesOf(withRoles(roles(reader, ada)), withRoles(roles(reader.replace('[get, list]', '[list, get, delete]'), `${ada}  - kind: Group\n    name: everybody\n`)))).toEqual([
      'warning [rbac-widened] allows more with ClusterRole reader: delete pods, delete secrets',
      'warning [rbac-widened] allows more with ClusterRoleBinding reader: Group everybody gets ClusterRole reader',
    ]);
  });

  test('hosts, issuers, load balancers and network policies that are opened', async () => {
    const ingress = (host: string, issuer: string): string => `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n    cert-manager.io/cluster-issuer: ${issuer}\nspec:\n  rules:\n    - host: ${host}\n`;
    const policy = (from: string): string => `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: deny\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n${from}`;
    const files = (host: string, issuer: string, from: string): Files => replaced(edited(fleet, { 'apps/production/net.yaml': `${ingress(host, issuer)}---\n${policy(from)}` }), 'apps/production/kustomization.yaml', 'resources:\n', 'resources:\n  - net.yaml\n');
    const inside = '    - from:\n        - ipBlock:\n            cidr: 10.0.0.0/8\n';
    const before = files('shop.example.com', 'internal', inside);

    expect(await consequencesOf(before, files('admin.example.com', 'letsencrypt', '    - {}\n'))).toEqual([
      'warning [exposed] Ingress web opens admin.example.com',
      'warning [exposed] Ingress web takes its certificate from letsencrypt in place of internal',
      'warning [exposed] NetworkPolicy deny lets in or out more: from everywhere',
    ]);
    expect(await consequencesOf(before, edited(before, { 'apps/production/net.yaml': ingress('shop.example.com', 'internal') }), { only: 'exposed' })).toEqual(['warning [exposed] NetworkPolicy shop/deny is deleted, and what it kept out comes in']);
  });
});

describe('what a kustomization.yaml does to objects that stay as they are', () => {
  const overlay = 'apps/production/kustomization.yaml';

  test('labels that go into selectors are refused, and those that do not are nothing', async () => {
    const selecting = replaced(fleet, overlay, 'resources:', 'commonLabels:\n  team: shop\nresources:');
    const labelling = replaced(fleet, overlay, 'resources:', 'labels:\n  - pairs:\n      team: shop\nresources:');

    expect(await consequencesOf(fleet, selecting)).toEqual(['danger [immutable-field] changes the selectors of Deployment shop/web, which are immutable: Flux fails to apply it']);
    expect(await consequencesOf(fleet, labelling)).toEqual([]);
  });

  test('replicas and image names that one side leaves to the objects', async () => {
    const fewer = replaced(fleet, overlay, 'images:', 'replicas:\n  - name: web\n    count: 1\nimages:');
    const elsewhere = replaced(fleet, overlay, '    newTag', '    newName: registry.example.net/web\n    newTag');

    expect(await consequencesOf(fleet, fewer)).toEqual(['warning [replicas-lowered] lowers the replicas of Deployment shop/web with apps/production/kustomization.yaml: 3 → 1']);
    expect(await consequencesOf(fewer, fleet)).toEqual([]);
    expect(await consequencesOf(fleet, elsewhere)).toEqual(['warning [image-repository] takes the image registry.example.com/web from another repository with apps/production/kustomization.yaml: registry.example.com/web → registry.example.net/web']);
  });

  test('another namespace deletes what was in the former one, told once for all that is nothing in itself', async () => {
    const more = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\nspec:\n  rules:\n    - host: shop.example.com\n';
    const before = replaced(edited(fleet, { 'apps/base/more.yaml': more }), 'apps/base/kustomization.yaml', '  - web.yaml\n', '  - web.yaml\n  - more.yaml\n');

    const { consequences } = await diffOf(before, replaced(before, overlay, 'namespace: shop', 'namespace: store'));

    expect(consequences).toMatchObject([{ class: 'object-deleted', title: 'deletes 5 objects', affected: ['Deployment shop/web', 'Service shop/web', 'ServiceAccount shop/web', 'Ingress shop/web', 'ConfigMap shop/web-settings'], evidence: { facts: ['apps/production/kustomization.yaml is changed'] } }]);
  });
});

describe('what Flux does otherwise from now on', () => {
  const file = 'clusters/production/data.yaml';
  const withSpec = (more: string): Files => replaced(fleet, file, '  prune: true\n', more);

  test.each([
    ['  prune: false\n', ['notice [handling-changed] Flux Kustomization flux-system/data no longer deletes what leaves it'], ['warning [handling-changed] Flux Kustomization flux-system/data deletes from now on what leaves it']],
    ['  prune: true\n  deletionPolicy: Delete\n', [], []],
    ['  prune: true\n  deletionPolicy: Orphan\n', ['notice [handling-changed] Flux Kustomization flux-system/data leaves all that it applied when it is deleted'], ['warning [handling-changed] Flux Kustomization flux-system/data takes all that it applied along when it is deleted']],
    ['  prune: true\n  suspend: true\n', ['warning [handling-changed] Flux Kustomization flux-system/data is suspended: nothing of it reaches the cluster until somebody resumes it'], ['notice [handling-changed] Flux Kustomization flux-system/data goes on: what changed while it was suspended takes effect']],
    ['  prune: true\n  force: true\n', ['warning [handling-changed] Flux Kustomization flux-system/data deletes and makes anew from now on what cannot be changed in its place'], []],
    ['  prune: true\n  decryption:\n    provider: sops\n', [], ['warning [handling-changed] Flux Kustomization flux-system/data no longer decrypts what SOPS encrypted']],
  ])('%j is told, and so is its end', async (spec, begin, end) => {
    expect(await consequencesOf(fleet, withSpec(spec))).toEqual(begin);
    expect(await consequencesOf(withSpec(spec), fleet)).toEqual(end);
  });

  test('another source, and an object that is no longer kept from prune', async () => {
    const kept = replaced(fleet, 'data/production/postgres.yaml', '  namespace: shop\n', '  namespace: shop\n  annotations:\n    kustomize.toolkit.fluxcd.io/prune: disabled\n');

    expect(await consequencesOf(fleet, replaced(fleet, file, '    name: flux-system', '    name: data'), { only: 'handling-changed' })).toEqual(['warning [handling-changed] Flux Kustomization flux-system/data is built from GitRepository data in place of GitRepository flux-system']);
    expect(await consequencesOf(kept, fleet)).toEqual(['warning [handling-changed] Cluster shop/orders is no longer kept from prune: the next change that takes it away deletes it']);
  });
});

test.each([
  ['18.1.0', '18.2.0', []],
  ['18.1.0', '19.0.0', ['warning [release-major] takes HelmRelease shop/redis to another major version: 18.1.0 → 19.0.0']],
  ['18.x', '>=19.1.0 <20', ['warning [release-major] takes HelmRelease shop/redis to another major version: 18.x → >=19.1.0 <20']],
  ['18.1.0', '18.0.9', ['warning [release-backwards] takes HelmRelease shop/redis back to an older version: 18.1.0 → 18.0.9']],
  ['18.1.0', '*', []],
])('a chart that goes from %s to %s', async (from, to, told) => {
  const release = (version: string): Files => replaced(edited(fleet, { 'apps/base/redis.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: redis\n  namespace: shop\nspec:\n  chart:\n    spec:\n      chart: redis\n      version: "${version}"\n` }), 'apps/base/kustomization.yaml', '  - web.yaml\n', '  - web.yaml\n  - redis.yaml\n');

  expect((await consequencesOf(release(from), release(to))).filter((text) => text.includes('[release-'))).toEqual(told);
});

test('an object that leaves a folder without a kustomization.yaml is deleted, since Flux still finds the others there', async () => {
  const { 'data/production/kustomization.yaml': _, ...before } = fleet;

  expect(await consequencesOf(before, edited(before, { 'data/production/postgres.yaml': undefined }))).toEqual(['danger [data-deleted] deletes Cluster shop/orders, and its data with it']);
});

test('targetNamespace wins over a namespace that is written', async () => {
  const before = replaced(edited(fleet, { 'data/production/namespace.yaml': undefined, 'data/production/kustomization.yaml': undefined }), 'clusters/production/data.yaml', '  prune: true\n', '  prune: true\n  targetNamespace: shop\n');

  expect(await consequencesOf(before, replaced(before, 'clusters/production/data.yaml', 'targetNamespace: shop', 'targetNamespace: store'))).toEqual(['danger [data-deleted] deletes Cluster shop/orders, and its data with it']);
});

test('a mistyped path of the cluster itself deletes nothing: its Flux fails', async () => {
  const after = replaced(fleet, 'clusters/production/flux-system/gotk-sync.yaml', './clusters/production', './clusters/prod');

  expect(await consequencesOf(fleet, after)).toEqual(['danger [kustomization-fails] Flux Kustomization flux-system/flux-system fails: there is nothing at its path any more; what it applied stays as it is']);
});

test('a change in a suspended Flux Kustomization has no consequences yet', async () => {
  const suspended = replaced(fleet, 'clusters/production/data.yaml', 'prune: true', 'prune: true\n  suspend: true');

  expect(await consequencesOf(suspended, replaced(suspended, 'data/production/postgres.yaml', 'instances: 3', 'instances: 1'))).toEqual([]);
});
