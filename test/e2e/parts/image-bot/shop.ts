import { Cluster, FluxKustomization, FluxSystem, GitopsApp, HelmRelease, HelmRepository, ImagePins, ImagePolicy, ImageRepository, ImageUpdateAutomation, k8s, NamespaceDirectory, PostgresCluster, type Directory } from 'fluxwright';
import type { Tree } from '../../../../src/tree/tree';

export const NAMES = ['web', 'api', 'jobs'] as const;
export type Name = (typeof NAMES)[number];

/** Where an app's pin stands: in the Deployment, in a component, in the FluxKustomization, in a chart's values, in a setting, or in a database. */
export type Form = 'image' | 'component' | 'flux' | 'values' | 'setting' | 'postgres';

/** A database's tag begins with a number. */
export const FORMS: Readonly<Record<Name, readonly Form[]>> = {
  web: ['image', 'component', 'flux', 'values', 'setting', 'postgres'],
  api: ['image', 'component', 'flux', 'values', 'setting'],
  jobs: ['image', 'component', 'flux', 'values', 'setting'],
};

/** What code says of one app. */
export interface App {
  readonly directory: string;
  readonly object: string;
  readonly policy: string;
  readonly form: Form;
  readonly replicas: number;
  /** How many objects have the pin. */
  readonly copies: number;
  readonly hold?: string;
}

export type Shop = Readonly<Record<Name, App>>;

export const FIRST_SHOP = Object.fromEntries(NAMES.map((name) => [name, { directory: 'one', object: name, policy: `${name}-tags`, form: 'image', replicas: 1, copies: 1 }])) as unknown as Shop;

/** What its tags look like: the n-th, from where it starts, and one that its policy does not select. */
export const TAGS: Readonly<Record<Name, { tag(n: number): string; unselected(n: number): string }>> = {
  web: { tag: (n) => `1.${n}.0`, unselected: (n) => `2.${n}.0-rc.1` },
  api: { tag: (n) => `prod-05103d8f-${1740413607 + n}`, unselected: (n) => `dev-05103d8f-${1840413607 + n}` },
  jobs: { tag: (n) => String(20260101 + n), unselected: (n) => `nightly-${n}` }, // to YAML, a number
};

const POLICIES = {
  web: { semver: '>=1.0.0' },
  api: { filterTags: { pattern: '^prod-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' }, numerical: 'asc' },
  jobs: { filterTags: { pattern: '^[0-9]{8}$' }, alphabetical: 'asc' },
} as const;

/** The tree of a shop, as a user's program would make it. */
export function shopTree(shop: Shop): Tree {
  const app = new GitopsApp({ name: 'shop' });
  const cluster = new Cluster(app, 'production');
  const flux = new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@localhost/shop' });
  const charts = new HelmRepository(flux, 'charts', { url: 'https://charts.localhost' });
  new ImageUpdateAutomation(flux, 'updates', { updates: '.', author: { email: 'bot@localhost' } });

  const directories = new Map<string, NamespaceDirectory>();
  for (const name of NAMES) {
    const { directory } = shop[name];
    if (directories.has(directory)) continue;
    const namespace = new NamespaceDirectory(cluster, directory);
    new FluxKustomization(namespace, directory, { applies: namespace });
    directories.set(directory, namespace);
  }
  for (const name of NAMES) declare(flux, directories.get(shop[name].directory)!, name, shop[name], charts);
  return app.toTree();
}

function declare(flux: Directory, directory: NamespaceDirectory, name: Name, { object, policy: policyName, form, replicas, copies, hold }: App, charts: HelmRepository): void {
  const image = `registry.localhost/${name}`;
  const repository = new ImageRepository(flux, `${name}-image`, { image });
  const policy = new ImagePolicy(flux, policyName, { repository, ...POLICIES[name] });
  const tag = TAGS[name].tag(0);
  const pinned = policy.pin(`${image}:${tag}`, { hold });
  const hasOwn = form === 'component' || form === 'flux';
  const components = form === 'component' ? [new ImagePins(flux, `${object}-pins`, { pins: [{ policy, tag, hold }] })] : [];
  const target = hasOwn ? new NamespaceDirectory(directory, `${object}-at`, { namespace: directory.namespaceName, components }) : directory;
  if (hasOwn) new FluxKustomization(target, `${object}-at`, { applies: target, images: form === 'flux' ? [{ name: image, newTag: policy.pinTag(tag, { hold }) }] : undefined });
  for (let copy = 0; copy < copies; copy++) {
    const id = `${object}-${copy}`;
    if (form === 'values') new HelmRelease(target, id, { chart: { chart: 'app', source: charts, version: '1.0.0' }, values: { replicas, image: { repository: image, tag: policy.pinTag(tag, { hold }) } } });
    else if (form === 'postgres') new PostgresCluster(target, id, { imageName: pinned, instances: replicas, storage: { size: '1Gi' } });
    else if (form === 'setting') new k8s.KubeConfigMap(target, id, { metadata: { name: id }, data: { IMAGE: pinned, REPLICAS: String(replicas) } });
    else new k8s.KubeDeployment(target, id, { metadata: { name: id }, spec: { replicas, selector: {}, template: { spec: { containers: [{ name, image: form === 'image' ? pinned : image }] } } } });
  }
}
