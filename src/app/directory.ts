import { Chart, type ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { UserError } from '../errors';
import { relativePath, treePath } from '../tree/path';
import { brand, hasBrand } from './brand';
import { Cluster } from './cluster';
import { kustomizationFrom, type DirectoryProps, type ResourceReference } from './directory-props';
import { GitopsApp } from './gitops-app';
import type { KustomizationFile } from './kustomization-file';

export type { DirectoryProps, ResourceReference } from './directory-props';

/**
 * One directory of the tree, with a kustomization.yaml derived from what it holds.
 *
 * A construct in a directory is a file, named by its id: `new k8s.KubeService(directory, 'service', …)` is `service.yaml`.
 *
 * @example
 * const docs = new Directory(app, 'docs', { namespace: 'docs' });
 * new k8s.KubeNamespace(docs, 'namespace', { metadata: { name: 'docs' } });
 */
export class Directory extends Chart {
  static isDirectory(value: unknown): value is Directory {
    return hasBrand(value, 'Directory');
  }

  /** The directory that a construct lies in. */
  static override of(construct: IConstruct): Directory {
    const found = Directory.around(construct);
    if (found === undefined) throw new UserError('wrong-scope', `${construct.node.path} lies in no Directory`, 'give it a Directory as scope');
    return found;
  }

  /** The directory that a construct is or lies in, if any. */
  static around(construct: IConstruct): Directory | undefined {
    for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) if (Directory.isDirectory(at)) return at;
    return undefined;
  }

  /** From the root of the tree, such as `k8s/server`. */
  readonly path: string;

  /** What its kustomization.yaml is: most are a Kustomization, those of `Component` are a Component. */
  readonly kustomizationKind: 'Kustomization' | 'Component' = 'Kustomization';

  readonly hasKustomization: boolean;

  private readonly kustomizationProps: DirectoryProps;
  private readonly added: KustomizationFile[] = [];

  /** @throws UserError `path-leaves-root` or `path-invalid` for a path that is none */
  constructor(scope: IConstruct, id: string, props: DirectoryProps = {}) {
    super(scope, id);
    brand(this, 'Directory');
    const parent = Directory.around(scope);
    const base = parent?.path ?? Cluster.around(scope)?.directory ?? GitopsApp.of(this).directory;
    const own = props.path ?? id;
    this.path = treePath(own === '.' ? base : base === '' ? own : `${base}/${own}`, this.node.path);
    this.kustomizationProps = props;
    this.hasKustomization = props.hasKustomization ?? true;
  }

  /** The namespace that its kustomization.yaml sets, or the nearest directory around it. */
  get targetNamespace(): string | undefined {
    return this.kustomizationProps.namespace ?? this.parentDirectory?.targetNamespace;
  }

  get parentDirectory(): Directory | undefined {
    return this.node.scope === undefined ? undefined : Directory.around(this.node.scope);
  }

  /** Substitution variables that may stand in its objects. */
  get variables(): readonly string[] {
    return this.kustomizationProps.variables ?? this.parentDirectory?.variables ?? [];
  }

  /** The directories that its kustomization.yaml takes in, not those that these take in. */
  get included(): readonly Directory[] {
    return [...(this.kustomizationProps.resources ?? []), ...(this.kustomizationProps.components ?? [])].filter(Directory.isDirectory);
  }

  /** A file of it, from the root of the tree. */
  pathOf(file: string): string {
    return this.path === '' ? file : `${this.path}/${file}`;
  }

  /** Adds to its kustomization.yaml what no construct and no prop says. */
  addToKustomization(part: KustomizationFile): void {
    this.added.push(part);
  }

  /** The parts of its kustomization.yaml that come from its props; the layout adds what it holds. */
  kustomizationParts(): readonly KustomizationFile[] {
    return [kustomizationFrom(this, this.kustomizationProps), ...this.added];
  }

  /** How this directory's kustomization.yaml names something. */
  reference(target: Directory | ResourceReference | string): string {
    if (typeof target === 'string') return target;
    return Directory.isDirectory(target) ? relativePath(this.path, target.path) : target.resourceFor(this);
  }

  /** Objects without a name of their own take the construct's id, readable and stable. */
  override generateObjectName(object: ApiObject): string {
    const { id, scope } = object.node;
    return (id === 'Resource' || id === 'Default') && scope !== undefined ? scope.node.id : id;
  }
}
