import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cluster, variableProblems, type SourceReference } from '../../app/cluster';
import { FieldChecks } from '../../app/field-checks';
import { pathFrom } from '../../app/reach';
import { UserError } from '../../errors';
import { relativePath } from '../../tree/path';
import { mergeData } from '../api-data';
import { nameReference } from '../name-reference';
import { dependencyFrom, type Dependency, type NamedDependency } from './dependency';
import type { FluxKustomizationProps } from './flux-kustomization-props';
import { FluxResource } from './flux-resource';
import { inlinePatch } from './inline-patch';
import { registerKustomization } from './kustomizations-applying';
import { healthCheckOf, type HealthCheck } from './health-check';
import { DEFAULT_INTERVAL, sourceReferenceOf, sourceRefFrom } from './source';

/**
 * Flux's `Kustomization`: a directory of a source that Flux builds and applies to the cluster.
 *
 * In a NamespaceDirectory it goes to `sync.yaml`. Not to be mistaken for a kustomization.yaml, which a `Directory` has.
 *
 * @example
 * const server = new NamespaceDirectory(cluster, 'server');
 * new FluxKustomization(server, 'server', { applies: server, dependsOn: [cnpg], wait: true, timeout: '5m' });
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export class FluxKustomization extends FluxResource {
  /** The directories of the tree that it builds, as paths from the root: what it applies, and its components. */
  readonly appliedPaths: readonly string[];

  /** What it applies where that is a path of the cluster's own repository, by its text, and not a Directory. */
  readonly namedPath: string | undefined;

  private readonly dependencies: Dependency[] = [];
  private readonly finalSpec: Readonly<Record<string, unknown>>;

  /**
   * @throws UserError `reference-invalid` where there is no source, `path-leaves-root`, `duration-invalid`, `name-invalid`,
   * `label-invalid`, `value-invalid`, `patch-invalid`, `field-unknown-to-release`
   */
  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id, 'Kustomization', props);
    const { applies, interval = DEFAULT_INTERVAL, prune = true, components = [], substituteFrom = [] } = props;
    const cluster = Cluster.around(this);
    const source = this.sourceOr(cluster?.source, props);
    if (typeof applies !== 'string' && typeof (applies as { readonly path?: unknown } | null | undefined)?.path !== 'string') {
      throw new UserError('reference-invalid', `Kustomization "${this.node.path}" applies ${shown(applies)}, which is no Directory and no path`, 'give a Directory that is made before, or a path from the root of the source, such as "./deploy"');
    }
    const path = typeof applies === 'string' ? applies : `./${applies.path}`;
    const from = pathFrom('', path);
    this.check(props, path, from !== undefined);
    const substitute = props.substitute === null ? {} : { ...cluster?.variables, ...props.substitute };
    const spec = {
      interval,
      retryInterval: props.retryInterval,
      timeout: props.timeout,
      path,
      prune,
      wait: props.wait,
      sourceRef: sourceRefFrom(this.namespace, source),
      dependsOn: Lazy.any({ produce: () => this.dependsOn() }),
      healthChecks: props.healthChecks?.map(healthCheckOf),
      healthCheckExprs: props.healthCheckExprs,
      targetNamespace: props.targetNamespace,
      namePrefix: props.namePrefix,
      nameSuffix: props.nameSuffix,
      commonMetadata: props.commonMetadata,
      components: components.length === 0 ? undefined : components.map((component) => (typeof component === 'string' ? component : relativePath(from!, component.path))),
      ignoreMissingComponents: props.ignoreMissingComponents,
      images: props.images,
      patches: props.patches?.map((patch, index) => inlinePatch(`Kustomization "${this.node.path}" patches[${index}]`, patch)),
      decryption: props.decryption === undefined ? undefined : {
        provider: props.decryption.provider ?? 'sops',
        secretRef: nameReference(props.decryption.secretRef),
        serviceAccountName: nameReference(props.decryption.serviceAccountName)?.name,
      },
      postBuild: Object.keys(substitute).length === 0 && substituteFrom.length === 0 && props.substituteStrategy === undefined ? undefined : {
        substitute: Object.keys(substitute).length === 0 ? undefined : substitute,
        substituteFrom: substituteFrom.length === 0 ? undefined : substituteFrom.map(({ kind, name, optional }) => ({ kind, name, optional })),
        substituteStrategy: props.substituteStrategy,
      },
      serviceAccountName: nameReference(props.serviceAccountName)?.name,
      kubeConfig: props.kubeConfig,
      deletionPolicy: props.deletionPolicy,
      force: props.force,
      ignore: props.ignore,
      buildMetadata: props.buildMetadata,
      suspend: props.suspend,
    };
    this.finalSpec = mergeData(spec as Record<string, unknown>, props.spec ?? {});
    // a path in another repository may be the name of a directory here
    const isHere = typeof applies !== 'string' || sameSource(cluster?.source, source);
    this.appliedPaths = !isHere ? [] : [from!, ...components.map((component) => (typeof component === 'string' ? pathFrom(from!, component) ?? component : component.path))];
    const isKnown = typeof applies === 'string' && isHere && cluster?.source?.kind === 'GitRepository' && !applies.includes('${') && this.finalSpec['path'] === path;
    this.namedPath = isKnown ? from : undefined;
    this.addDependency(...(props.dependsOn ?? []));
    this.define({ spec }, { spec: props.spec });
    registerKustomization(this);
  }

  /** Has it wait for others: for those that are only made later. */
  addDependency(...dependencies: readonly Dependency[]): void {
    for (const dependency of dependencies) {
      if (typeof (dependency as unknown) !== 'object' || (dependency as unknown) === null) {
        throw new UserError('reference-invalid', `Kustomization "${this.node.path}" depends on ${shown(dependency)}, which is no Kustomization`, 'give the FluxKustomization, made before this one, or { name: … } for one that the app does not make');
      }
      this.checkFields({ dependsOn: [dependency] });
      if ('node' in dependency && Cluster.around(dependency) !== Cluster.around(this)) {
        throw new UserError('reference-invalid', `Kustomization "${this.node.path}" depends on "${dependency.node.path}", which is in another cluster`, 'depend on one of the same cluster');
      }
      this.dependencies.push(dependency);
    }
  }

  /** What it waits for, as it is written. */
  get dependsOnReferences(): readonly NamedDependency[] {
    const written = this.finalSpec['dependsOn'];
    return Array.isArray(written) ? (written as readonly NamedDependency[]) : this.dependsOn() ?? [];
  }

  /** The Kustomizations that have to be Ready before it can be: those that it depends on, or whose health it checks. */
  get waitsFor(): readonly NamedDependency[] {
    const checked = this.waits ? [] : ((this.finalSpec['healthChecks'] ?? []) as readonly HealthCheck[]);
    return [...this.dependsOnReferences, ...checked.filter(({ apiVersion, kind }) => kind === this.kind && apiVersion === this.apiVersion)];
  }

  /** Whether it is Ready only once what it applied is. */
  get waits(): boolean {
    return this.finalSpec['wait'] === true;
  }

  /** Whether it decrypts what SOPS encrypted. */
  get decrypts(): boolean {
    return (this.finalSpec['decryption'] ?? undefined) !== undefined;
  }

  /** Whether `${variable}` gets a value: it is named here, or may be in a ConfigMap or Secret. */
  substitutes(variable: string): boolean {
    const { substitute, substituteFrom } = (this.finalSpec['postBuild'] ?? {}) as { substitute?: Readonly<Record<string, unknown>>; substituteFrom?: readonly unknown[] };
    return variable in (substitute ?? {}) || (substituteFrom ?? []).length > 0;
  }

  private dependsOn(): readonly NamedDependency[] | undefined {
    return this.dependencies.length === 0 ? undefined : this.dependencies.map((dependency) => dependencyFrom(this.namespace, dependency));
  }

  private sourceOr(own: SourceReference | undefined, props: FluxKustomizationProps): NonNullable<FluxKustomizationProps['source']> {
    const source = props.source ?? own;
    if (source !== undefined) return source;
    throw new UserError('reference-invalid', `Kustomization "${this.node.path}" has no source, and its cluster has none`, 'make the FluxSystem of its cluster first, or name one: source: …');
  }

  private check(props: FluxKustomizationProps, path: string, isInside: boolean): void {
    const checks = new FieldChecks(this, this.kind)
      .duration('interval', props.interval).duration('retryInterval', props.retryInterval).duration('timeout', props.timeout)
      .label(props.targetNamespace, 'targetNamespace')
      .labels(props.commonMetadata?.labels, 'commonMetadata.labels').annotations(props.commonMetadata?.annotations, 'commonMetadata.annotations')
      .require(isInside, 'path-leaves-root', `applies ${JSON.stringify(path)}, which leads out of its source`, 'write a path from the root of the source, such as "./deploy"');
    for (const { problem, fix } of variableProblems('substitute', props.substitute ?? {})) checks.require(false, 'value-invalid', problem, fix);
    checks.done();
  }
}

/** A value that the types do not allow: a synth runs without them. */
function shown(value: unknown): string {
  return typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'mapping'}` : JSON.stringify(value) ?? 'undefined';
}

function sameSource(a: SourceReference | undefined, b: NonNullable<FluxKustomizationProps['source']>): boolean {
  const other = sourceReferenceOf(b);
  return a !== undefined && a.kind === other.kind && a.name === other.name && a.namespace === other.namespace;
}
