import { fieldNode, type FieldNode } from './field-node';
import { kubernetesDefinitions, kubernetesIndex, type Revision, type Scope } from './packaged';

/** Where a built-in kind is served. */
export interface Lifetime {
  readonly since: string;
  readonly until: string;
  readonly definition: string;
  readonly scope: Scope;
}

/** The minors that there are schemas of, oldest first. */
export function kubernetesMinors(): readonly string[] {
  return kubernetesIndex().minors;
}

/** The kinds of one minor, as it reads them. */
export interface KubernetesSchemas {
  readonly minor: string;
  /** Its revision in this minor, or undefined where it is not served. */
  find(apiVersion: string, kind: string): FieldNode | undefined;
  definition(name: string): FieldNode | undefined;
}

const made = new Map<string, KubernetesSchemas>();

/** @param minor one of `kubernetesMinors()` */
export function kubernetesSchemas(minor: string): KubernetesSchemas {
  const known = made.get(minor);
  if (known !== undefined) return known;
  const nodes = new Map<string, FieldNode | undefined>();
  const definition = (name: string): FieldNode | undefined => {
    if (!nodes.has(name)) {
      const schema = at(kubernetesDefinitions(fileOf(name))?.definitions[name], minor)?.[2];
      nodes.set(name, schema === undefined ? undefined : fieldNode(schema, { definitions: definition, builtIn: true }));
    }
    return nodes.get(name);
  };
  const schemas: KubernetesSchemas = {
    minor,
    definition,
    find(apiVersion, kind) {
      const revision = at(revisionsOf(apiVersion, kind), minor);
      return revision === undefined ? undefined : definition(revision[2]);
    },
  };
  made.set(minor, schemas);
  return schemas;
}

/** From when to when a built-in kind is served, as far as there are schemas; undefined for one that is none. */
export function lifetimeOf(apiVersion: string, kind: string): Lifetime | undefined {
  const revisions = revisionsOf(apiVersion, kind);
  const [first, last] = [revisions?.[0], revisions?.at(-1)];
  return first === undefined || last === undefined ? undefined : { since: first[0], until: last[1], definition: last[2], scope: last[3] };
}

/** The apiVersions in which a minor serves a kind, stable ones first, and newest first. */
export function versionsInKubernetes(group: string, kind: string, minor: string): string[] {
  return Object.entries(kubernetesIndex().kinds)
    .filter(([name, revisions]) => name.startsWith(`${group}/`) && name.endsWith(`/${kind}`) && name.split('/').length === 3 && at(revisions, minor) !== undefined)
    .map(([name]) => name.slice(0, name.lastIndexOf('/')).replace(/^\//, ''))
    .sort(byStability);
}

/** The kinds that a minor serves in an apiVersion; none for one that is not Kubernetes' own. */
export function kindsInKubernetes(apiVersion: string, minor: string): string[] {
  const prefix = `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}/`;
  return Object.entries(kubernetesIndex().kinds).flatMap(([name, revisions]) => (name.startsWith(prefix) && at(revisions, minor) !== undefined ? [name.slice(prefix.length)] : []));
}

export function isKubernetesGroup(group: string): boolean {
  return Object.keys(kubernetesIndex().kinds).some((name) => name.startsWith(`${group}/`));
}

/** `v2`, `v1`, `v1beta2`, `v1alpha1` */
export function byStability(a: string, b: string): number {
  const [left, right] = [stabilityOf(a), stabilityOf(b)];
  return right[0] - left[0] || right[1] - left[1] || right[2] - left[2];
}

function stabilityOf(apiVersion: string): [level: number, major: number, minor: number] {
  const [, major, level, minor] = /v(\d+)(?:(alpha|beta)(\d+))?$/.exec(apiVersion) ?? [];
  return [level === undefined ? 2 : level === 'beta' ? 1 : 0, Number(major ?? 0), Number(minor ?? 0)];
}

/** The minor of a version such as `1.34`, `v1.34.2` or `1.34.1-gke.5`, or the nearest one that there are schemas of. */
export function nearestMinor(version: string | undefined): string {
  const minors = kubernetesMinors();
  const number = Number(/^v?1\.(\d+)/.exec(version ?? '')?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) return minors.at(-1)!;
  return minors.find((minor) => minorNumber(minor) >= number) ?? minors.at(-1)!;
}

function revisionsOf(apiVersion: string, kind: string): readonly Revision<[string, Scope]>[] | undefined {
  const key = `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}/${kind}`;
  const { kinds } = kubernetesIndex();
  return Object.hasOwn(kinds, key) ? kinds[key] : undefined;
}

function at<Content extends readonly unknown[]>(revisions: readonly Revision<Content>[] | undefined, minor: string): Revision<Content> | undefined {
  const number = minorNumber(minor);
  return revisions?.find(([from, to]) => minorNumber(from) <= number && number <= minorNumber(to));
}

function minorNumber(minor: string): number {
  return Number(minor.slice(2));
}

/** `io.k8s.api.apps.v1.Deployment` lies in apps.json; what all groups share in meta.json. */
function fileOf(definition: string): string {
  return /^io\.k8s\.api\.([a-z]+)\./.exec(definition)?.[1] ?? (/\.apis\.([a-z]+)\./.exec(definition)?.[1] ?? 'meta');
}
