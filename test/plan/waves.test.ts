import fc from 'fast-check';
import type { Cluster } from '../../src/model/flux-kustomization';
import { circleFault } from '../../src/plan/fault-text';
import { wavesOf, type Waves } from '../../src/plan/waves';
import { kustomization, type Files } from '../checks/check-tree';
import { clusterOf, dependsOn, fleet } from './plan-of';

/** Waves as names, `a (ready in 3)`; what never gets ready as `a: why`. */
function shown({ waves, never, criticalPath }: Waves): unknown {
  const name = (key: string): string => key.replace('flux-system/', '');
  return {
    waves: waves.map((steps) => steps.map(({ kustomization: { key }, wave, readyIn, early }) => `${name(key)}${readyIn > wave ? ` (ready in ${readyIn})` : ''}${early.map(({ reason, what, on }) => ` early for ${reason} ${what} of ${on.map(name).join()}`).join('')}`)),
    ...(never.length === 0 ? {} : { never: never.map(({ subject, faults, blockedBy, roots, appliesIn }) => `${name(subject.key)}${appliesIn === undefined ? '' : `, applied in ${appliesIn}`}: ${faults.map((fault) => (fault.type === 'circle' ? circleFault(fault.circle).message.replaceAll('flux-system/', '') : fault.type === 'missing' ? `no ${fault.what}` : fault.obstacle.message)).join(', ') || `${blockedBy.map(({ reason, by }) => `${reason} ${name(by.key)}`).join(', ')}, because of ${roots.map(({ key }) => name(key)).join(', ')}`}`) }),
    path: criticalPath.map(({ kustomization: { key }, because }) => `${because === undefined ? '' : `${because} `}${name(key)}`).join(' > '),
  };
}

const shownOf = async (files: Files): Promise<unknown> => shown(wavesOf(await clusterOf(files)));

test('what waits for nothing is applied in the wave after its parent, and each other one in the wave after the last that it depends on', async () => {
  expect(await shownOf(fleet({ crds: '', database: dependsOn('crds'), web: dependsOn('database', 'crds'), metrics: '' }))).toEqual({
    waves: [['flux-system'], ['crds', 'metrics'], ['database'], ['web']],
    path: 'flux-system > applied-by crds > depends-on database > depends-on web',
  });
});

test('who waits for the Kustomizations that it applies is ready with the last of them, and who depends on it comes after', async () => {
  const files = {
    ...fleet({ base: 'wait: true', apps: dependsOn('base') }),
    'base/one.yaml': kustomization('one', './one'), 'one/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n',
    'base/two.yaml': kustomization('two', './two', dependsOn('one')), 'two/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, namespace: default}\n',
  };

  expect(await shownOf(files)).toEqual({
    waves: [['flux-system'], ['base (ready in 4)'], ['one'], ['two'], ['apps']],
    path: 'flux-system > applied-by base > applied-by one > depends-on two > wait base > depends-on apps',
  });
});

test('healthChecks make it wait for the Kustomization or HelmRelease that they name, unless it waits for all anyway', async () => {
  const check = 'healthChecks:\n  - {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, name: slow, namespace: flux-system}\n';

  expect(await shownOf(fleet({ first: '', slow: dependsOn('first'), gate: check, last: dependsOn('gate') }))).toMatchObject({ waves: [['flux-system'], ['first', 'gate (ready in 3)'], ['slow'], ['last']] });
  expect(await shownOf(fleet({ first: '', slow: dependsOn('first'), gate: `${check}wait: true\n`, last: dependsOn('gate') }))).toMatchObject({ waves: [['flux-system'], ['first', 'gate'], ['last', 'slow']] });
});

test('a circle is told with everything that it is made of, and who only waits for it is told apart', async () => {
  expect(await shownOf(fleet({ a: dependsOn('b'), b: dependsOn('c'), c: dependsOn('a'), web: dependsOn('a'), other: '' }))).toEqual({
    waves: [['flux-system'], ['other']],
    never: [
      'a: waits in a circle: a depends on b; b depends on c; c depends on a',
      'b: waits in a circle: a depends on b; b depends on c; c depends on a',
      'c: waits in a circle: a depends on b; b depends on c; c depends on a',
      'web: depends-on a, because of a, b, c',
    ],
    path: 'flux-system > applied-by other',
  });
});

test('who waits for what it applies, and applies what depends on it, waits for ever', async () => {
  const files = { ...fleet({ base: 'wait: true' }), 'base/one.yaml': kustomization('one', './one', dependsOn('base')), 'one/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n' };

  expect(await shownOf(files)).toMatchObject({
    waves: [['flux-system']],
    never: ['base, applied in 2: waits in a circle: base waits until one is ready; one depends on base', 'one: waits in a circle: base waits until one is ready; one depends on base'],
  });
});

test('what does not exist, and what is suspended, is never reached, nor what depends on it', async () => {
  expect(await shownOf(fleet({ a: dependsOn('databse'), b: 'suspend: true', c: dependsOn('b'), d: dependsOn('c') }))).toMatchObject({
    waves: [['flux-system']],
    never: ['a: no Kustomization flux-system/databse', 'b: is suspended', 'c: depends-on b, because of b', 'd: depends-on c, because of b'],
  });
});

test('a suspended Kustomization never gets ready, so that who waits for what it applies does not either', async () => {
  const files = { ...fleet({ base: 'wait: true', web: dependsOn('base') }), 'base/one.yaml': kustomization('one', './one', 'suspend: true'), 'one/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n' };

  expect(await shownOf(files)).toMatchObject({ never: ['one: is suspended', 'base, applied in 2: wait one, because of one', 'web: depends-on base, because of one'] });
});

const CRD = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: certificates.cert-manager.io}\nspec:\n  group: cert-manager.io\n  names: {kind: Certificate}\n';
const CERTIFICATE = 'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: web, namespace: default}\n';

test('who needs a CRD, a namespace or a source of another and does not depend on it, fails until that is there', async () => {
  const files = {
    ...fleet({ base: '', crds: dependsOn('base'), certificates: '' }),
    'crds/crd.yaml': CRD,
    'certificates/web.yaml': CERTIFICATE,
    'crds/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
    'certificates/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop, namespace: shop}\n',
  };

  expect(await shownOf(files)).toMatchObject({ waves: [['flux-system'], ['base'], ['crds'], ['certificates early for crd Certificate of crds early for namespace shop of crds']] });
  expect(await shownOf({ ...files, 'clusters/prod/certificates.yaml': kustomization('certificates', './certificates', dependsOn('crds')) })).toMatchObject({ waves: [['flux-system'], ['base'], ['crds'], ['certificates']] });
});

test('a Kustomization that brings its CRDs itself starts with them, and one whose child brings them never starts', async () => {
  expect(await shownOf({ ...fleet({ both: '' }), 'both/crd.yaml': CRD, 'both/web.yaml': CERTIFICATE })).toMatchObject({ waves: [['flux-system'], ['both']] });
  expect(await shownOf({ ...fleet({ both: '' }), 'both/crds.yaml': kustomization('crds', './crds'), 'both/web.yaml': CERTIFICATE, 'crds/crd.yaml': CRD })).toMatchObject({
    never: ['both: waits in a circle: both applies a Certificate, whose CRD crds installs; crds is applied by both', 'crds: waits in a circle: both applies a Certificate, whose CRD crds installs; crds is applied by both'],
  });
});

test('a HelmRelease that waits for ever holds up the Kustomization that waits for it', async () => {
  const release = (name: string, spec: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: default}\nspec:\n  interval: 10m\n  chartRef: {kind: OCIRepository, name: ${name}, namespace: other}\n${spec}`;
  const files = { ...fleet({ base: 'wait: true', web: dependsOn('base'), loose: '' }), 'base/one.yaml': release('one', '  dependsOn: [{name: two}]\n'), 'base/two.yaml': release('two', '  dependsOn: [{name: one}]\n'), 'loose/three.yaml': release('three', '  suspend: true\n') };

  expect(await shownOf(files)).toMatchObject({
    waves: [['flux-system'], ['loose']],
    never: [
      'default/one, applied in 2: waits in a circle: default/one depends on default/two; default/two depends on default/one',
      'default/three, applied in 2: is suspended',
      'default/two, applied in 2: waits in a circle: default/one depends on default/two; default/two depends on default/one',
      'base, applied in 2: wait default/one, wait default/two, because of default/one, default/two',
      'web: depends-on base, because of default/one, default/two',
    ],
  });
});

test('an expression in dependsOn decides in place of the Ready condition', async () => {
  expect(await shownOf(fleet({ a: 'suspend: true', b: 'dependsOn:\n  - name: a\n    readyExpr: "true"\n' }))).toMatchObject({ never: ['a: is suspended', 'b: depends-on a, because of a'] });
  expect(await shownOf({
    ...fleet({ base: 'wait: true', web: 'dependsOn:\n  - name: base\n    readyExpr: dep.status.lastAppliedRevision != ""\n' }),
    'base/one.yaml': kustomization('one', './one', 'suspend: true'), 'one/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: default}\n',
  })).toMatchObject({ waves: [['flux-system'], [], ['web']] });
});

describe('for any Kustomizations that depend on, suspend and wait for each other', () => {
  const anyFleet = fc.array(fc.record({ on: fc.array(fc.nat(9), { maxLength: 3 }), isSuspended: fc.boolean(), waits: fc.boolean() }), { minLength: 1, maxLength: 8 }).map((ones) => fleet(Object.fromEntries(ones.map(({ on, isSuspended, waits }, index) => [
    `k${index}`, `${dependsOn(...on.map((other) => `k${other}`))}${isSuspended && index % 3 === 0 ? 'suspend: true\n' : ''}${waits ? 'wait: true\n' : ''}`,
  ]))));

  const placesOf = ({ kustomizations }: Cluster, { waves, never }: Waves): number[] => kustomizations.map((one) => (
    waves.flat().filter(({ kustomization: other }) => other === one).length + never.filter(({ subject }) => subject.kind === 'Kustomization' && subject.kustomization === one).length
  ));

  test('each is in exactly one wave or never ready, no wave is empty before the last, and waves keep the order of dependsOn', async () => {
    await fc.assert(fc.asyncProperty(anyFleet, async (files) => {
      const cluster = await clusterOf(files);
      const waves = wavesOf(cluster);

      expect(placesOf(cluster, waves)).toEqual(cluster.kustomizations.map(() => 1));
      expect(waves.never.filter(({ faults, blockedBy, roots }) => (faults.length === 0 && blockedBy.length === 0) || roots.length === 0)).toEqual([]);
      const readyIn = new Map(waves.waves.flat().map((step) => [step.kustomization.key, step]));
      for (const { wave, after } of readyIn.values()) {
        for (const { on: [key] } of after) expect(readyIn.get(key!)!.readyIn).toBeLessThan(wave);
      }
    }), { numRuns: 60 });
  });

  test('the answer does not change with the order in which Kustomizations are found', async () => {
    await fc.assert(fc.asyncProperty(anyFleet, async (files) => {
      const cluster = await clusterOf(files);
      const keysOf = ({ waves, never }: Waves): unknown => [waves.map((steps) => steps.map(({ kustomization: { key } }) => key)), never.map(({ subject: { key } }) => key).sort()];

      expect(keysOf(wavesOf({ ...cluster, kustomizations: [...cluster.kustomizations].reverse() }))).toEqual(keysOf(wavesOf(cluster)));
    }), { numRuns: 40 });
  });
});

test('a chain of thousands is no deeper than any other', async () => {
  const cluster = await clusterOf(fleet({ first: '' }));
  const [root, first] = cluster.kustomizations;
  const chain = Array.from({ length: 3000 }, (_, index) => ({ ...first!, key: `flux-system/k${index}`, name: `k${index}`, objects: [], data: { spec: index === 0 ? {} : { dependsOn: [{ name: `k${index - 1}` }] } } }));
  const circle = chain.map((one, index) => ({ ...one, data: { spec: { dependsOn: [{ name: `k${(index + 1) % chain.length}` }] } } }));

  expect(wavesOf({ ...cluster, kustomizations: [root!, ...chain] }).waves).toHaveLength(3001);
  expect(wavesOf({ ...cluster, kustomizations: [root!, ...circle] }).never).toHaveLength(3000);
});
