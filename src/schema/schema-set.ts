import { checkRules } from './cel-rules';
import type { Check } from './check';
import { checkMetadata } from './check-metadata';
import { checkValue } from './check-value';
import { customResourceNode, readCustomResource, type CustomResourceVersion } from './custom-resource';
import type { FieldNode } from './field-node';
import { checkKubernetesRules } from './kubernetes-rules/kubernetes-rules';
import { byStability, isKubernetesGroup, kindsInKubernetes, kubernetesSchemas, lifetimeOf, nearestMinor, versionsInKubernetes, type KubernetesSchemas } from './kubernetes-schemas';
import { customResourceIndex, customResourceSchemas } from './packaged';
import { readJsonSchema } from './project-schema';
import type { SchemaProblem } from './schema-problem';

/** Where a schema comes from: a CRD in the tree, the project's own schemas, Kubernetes, or what fluxwright brings along. */
export type SchemaOrigin = 'tree' | 'project' | 'kubernetes' | 'bundled';

export interface SchemaSetOptions {
  /**
   * The cluster's version of Kubernetes: `1.34`, `v1.34.2`.
   * @default the newest there are schemas of, where a kind that it no longer serves is found as well
   */
  readonly kubernetes?: string;

  /**
   * CustomResourceDefinitions that the tree installs. Other objects are passed over; of two that define one version, an
   * object has to fit one.
   * @default none
   */
  readonly crds?: Iterable<unknown>;

  /**
   * CustomResourceDefinitions from the project's own folder, for what the tree does not install.
   * @default none
   */
  readonly project?: Iterable<unknown>;

  /**
   * JSON Schemas from there, which may be named by their file: `example.org/thing_v1.json`.
   * @default none
   */
  readonly projectSchemas?: Iterable<{ readonly file: string; readonly content: unknown }>;
}

/** A kind that is known. */
export interface KnownKind {
  readonly origin: SchemaOrigin;
  readonly scope: 'Namespaced' | 'Cluster';
  /** The schema at the object's top; more than one where the tree has several versions of a CRD. */
  readonly nodes: readonly FieldNode[];
  /** The release that a bundled schema is of: `cnpg 1.27.0`. */
  readonly project?: string;
}

export interface ValidateOptions {
  /**
   * Whether a text may stand for any value, such as an unset `${VARIABLE}`.
   * @default encrypted values alone, which are passed over in any case
   */
  readonly isOpaque?: (text: string) => boolean;
}

/** Schemas of all kinds that a cluster knows. */
export class SchemaSet {
  private readonly kubernetes: KubernetesSchemas;
  private readonly isMinorKnown: boolean;
  private readonly own = new Map<string, { origin: SchemaOrigin; scope: 'Namespaced' | 'Cluster'; nodes: FieldNode[] }>();
  private readonly found = new Map<string, KnownKind | undefined>();
  private readonly groups = new Set<string>();

  /** How often each rule in CEL could not be evaluated, by its text. */
  readonly skippedRules = new Map<string, number>();

  constructor({ kubernetes, crds = [], project = [], projectSchemas = [] }: SchemaSetOptions = {}) {
    this.kubernetes = kubernetesSchemas(nearestMinor(kubernetes));
    this.isMinorKnown = kubernetes !== undefined;
    for (const object of crds) for (const version of readCustomResource(object)) this.add(version, 'tree');
    for (const object of project) for (const version of readCustomResource(object)) this.add(version, 'project');
    for (const { file, content } of projectSchemas) {
      const version = readJsonSchema(file, content);
      if (version !== undefined) this.add(version, 'project');
    }
  }

  /** The kind, or undefined if nobody knows it: also where the group is known, but not this version of it. */
  find(apiVersion: string, kind: string): KnownKind | undefined {
    const key = `${apiVersion}/${kind}`;
    if (!this.found.has(key)) this.found.set(key, this.look(apiVersion, kind));
    return this.found.get(key);
  }

  /** Whether all kinds of an API group are known: it is Kubernetes' own, or the tree or the project defines it. */
  defines(group: string): boolean {
    return this.groups.has(group) || isKubernetesGroup(group);
  }

  /** The apiVersions in which a kind is known, the best one to write first. */
  versionsOf(group: string, kind: string): readonly string[] {
    const own = [...this.own.keys()].flatMap((key) => (key.startsWith(`${group}/`) && key.endsWith(`/${kind}`) ? [key.slice(0, -kind.length - 1)] : []));
    if (own.length > 0) return own.sort(byStability);
    const builtIn = versionsInKubernetes(group, kind, this.kubernetes.minor);
    if (builtIn.length > 0) return builtIn;
    const { kinds } = customResourceIndex();
    const bundled = Object.hasOwn(kinds, `${group}/${kind}`) ? Object.keys(kinds[`${group}/${kind}`]!.versions) : [];
    return bundled.map((version) => `${group}/${version}`).sort(byStability);
  }

  /** The kinds of an apiVersion, for what a misspelt one was meant to be. */
  kindsOf(apiVersion: string): readonly string[] {
    const own = [...this.own.keys()].flatMap((key) => (key.startsWith(`${apiVersion}/`) ? [key.slice(apiVersion.length + 1)] : []));
    if (own.length > 0) return own.sort();
    const builtIn = kindsInKubernetes(apiVersion, this.kubernetes.minor);
    if (builtIn.length > 0) return builtIn;
    const [group, version] = apiVersion.split('/') as [string, string | undefined];
    return Object.entries(customResourceIndex().kinds).flatMap(([name, { versions }]) => (version !== undefined && name.startsWith(`${group}/`) && versions[version] !== undefined ? [name.slice(group.length + 1)] : []));
  }

  /** What is wrong with an object; nothing if its kind is not known. */
  validate(object: unknown, options: ValidateOptions = {}): readonly SchemaProblem[] {
    if (typeof object !== 'object' || object === null) return [];
    const { apiVersion, kind } = object as Record<string, unknown>;
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
    const known = this.find(apiVersion, kind);
    if (known === undefined) return [];
    let least: readonly SchemaProblem[] | undefined;
    for (const node of known.nodes) {
      const problems = this.check(node, object as Record<string, unknown>, this.nameOf(apiVersion, kind, known.origin), known.origin, options);
      if (least === undefined || problems.length < least.length) least = problems;
      if (least.length === 0) break;
    }
    return least ?? [];
  }

  /** Of a kind that differs from release to release, with the release. */
  private nameOf(apiVersion: string, kind: string, origin: SchemaOrigin): string {
    return `${apiVersion} ${kind}${origin === 'kubernetes' && this.isMinorKnown ? ` in Kubernetes ${this.kubernetes.minor}` : ''}`;
  }

  private check(node: FieldNode, object: Readonly<Record<string, unknown>>, kind: string, origin: SchemaOrigin, { isOpaque }: ValidateOptions): readonly SchemaProblem[] {
    const checked = 'sops' in object ? withoutSops(object) : object;
    const check: Check = {
      path: [],
      problems: [],
      kind,
      isOpaque: isOpaque === undefined ? isEncrypted : (text) => isEncrypted(text) || isOpaque(text),
      isGuess: origin === 'bundled',
      metadata: this.kubernetes.definition(OBJECT_META)!,
      checkRules: (at, rules, value, within) => checkRules(at, rules, value, within, this.skippedRules),
    };
    checkValue(node, checked, check);
    checkMetadata(checked, origin !== 'kubernetes', check);
    if (origin === 'kubernetes') checkKubernetesRules(checked, check);
    return check.problems;
  }

  private look(apiVersion: string, kind: string): KnownKind | undefined {
    const own = this.own.get(`${apiVersion}/${kind}`) ?? this.own.get(`${apiVersion}/${kind.toLowerCase()}`);
    if (own !== undefined) return own;
    const builtIn = this.lookInKubernetes(apiVersion, kind);
    if (builtIn !== undefined) return builtIn;
    const [group, version] = apiVersion.split('/') as [string, string | undefined];
    if (version === undefined) return undefined;
    const { kinds } = customResourceIndex();
    const entry = Object.hasOwn(kinds, `${group}/${kind}`) ? kinds[`${group}/${kind}`]! : undefined;
    if (entry === undefined || !Object.hasOwn(entry.versions, version)) return undefined;
    const { versions, definitions } = customResourceSchemas(group, kind);
    return { origin: 'bundled', scope: entry.scope, project: entry.versions[version]!, nodes: [customResourceNode(versions[version], false, definitions)] };
  }

  private lookInKubernetes(apiVersion: string, kind: string): KnownKind | undefined {
    const lifetime = lifetimeOf(apiVersion, kind);
    if (lifetime === undefined) return undefined;
    const node = this.kubernetes.find(apiVersion, kind) ?? (this.isMinorKnown ? undefined : kubernetesSchemas(lifetime.until).find(apiVersion, kind));
    return node === undefined ? undefined : { origin: 'kubernetes', scope: lifetime.scope, nodes: [node] };
  }

  private add({ group, kind, version, served, scope, node }: CustomResourceVersion, origin: SchemaOrigin): void {
    this.groups.add(group);
    if (!served) return;
    const key = `${group}/${version}/${kind}`;
    const known = this.own.get(key);
    if (known === undefined) this.own.set(key, { origin, scope, nodes: [node] });
    else if (known.origin === origin) known.nodes.push(node);
  }
}

const OBJECT_META = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** What SOPS left of a value. */
function isEncrypted(text: string): boolean {
  return text.startsWith('ENC[AES256_GCM,');
}

function withoutSops({ sops: _, ...object }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return object;
}
