import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { KustomizationSpec, KustomizationSpecDecryption } from '../../../imports/kustomize.toolkit.fluxcd.io';
import { Cluster } from '../../app/cluster';
import { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { pathFrom } from '../../app/reach';
import { UserError } from '../../errors';
import type { ApiData, ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from './flux-resource';
import { registerKustomization } from './kustomizations-applying';
import { sourceRefFrom, type AnySource } from './source';

export interface FluxKustomizationProps extends ApiResourceProps {
  /** What to apply: a directory, or a path from the root of the source. */
  readonly applies: Directory | string;

  /** @default the cluster's source, which FluxSystem sets */
  readonly source?: AnySource;

  /** @default none */
  readonly dependsOn?: readonly Dependency[];

  /** @default "10m" */
  readonly interval?: string;
  readonly retryInterval?: string;
  readonly timeout?: string;
  readonly wait?: boolean;
  /** @default true */
  readonly prune?: boolean;
  readonly decryption?: ApiData<KustomizationSpecDecryption>;
  readonly substitute?: Readonly<Record<string, string>>;

  /** Merged last over what the props say; a null takes a field out. */
  readonly spec?: ApiPatch<KustomizationSpec>;
}

/** A Kustomization that has to be Ready first: the construct, or one that the app does not make. */
export type Dependency = FluxKustomization | { readonly name: string; readonly namespace?: string; readonly readyExpr?: string };

/** Flux's `Kustomization`: a directory of a source that Flux builds and applies to the cluster. */
export class FluxKustomization extends FluxResource {
  /** The directories that it builds, from the root of its source: what it applies, and its components. */
  readonly appliedPaths: readonly string[];

  /** Whether it decrypts what SOPS encrypted. */
  readonly decrypts: boolean;

  private readonly dependencies: Dependency[];

  constructor(scope: Construct, id: string, props: FluxKustomizationProps) {
    super(scope, id, 'Kustomization', props);
    const { applies, interval = '10m', prune = true, wait, timeout, retryInterval, decryption } = props;
    const path = typeof applies === 'string' ? applies : `./${applies.path}`;
    const cluster = Cluster.around(this);
    const source = props.source ?? cluster?.source;
    if (source === undefined) {
      throw new UserError('reference-invalid', `Kustomization "${this.node.path}" has no source, and its cluster has none yet`, 'make the cluster\'s FluxSystem first, or name one: source: …');
    }
    new FieldChecks(this, this.kind).duration('interval', interval).duration('retryInterval', retryInterval).duration('timeout', timeout).done();
    const substitute = { ...cluster?.variables, ...props.substitute };
    this.dependencies = [...(props.dependsOn ?? [])];
    this.appliedPaths = [pathFrom('', path) ?? path];
    this.decrypts = decryption !== undefined;
    this.define({
      spec: {
        interval, retryInterval, timeout, path, prune, wait,
        sourceRef: sourceRefFrom(this.namespace, source),
        dependsOn: Lazy.any({ produce: () => this.dependsOn() }),
        decryption,
        postBuild: Object.keys(substitute).length === 0 ? undefined : { substitute },
      },
    }, { spec: props.spec });
    registerKustomization(this);
  }

  /** Has it wait for another: for where the other is only known later. */
  addDependency(...dependencies: readonly Dependency[]): void {
    this.dependencies.push(...dependencies);
  }

  private dependsOn(): readonly unknown[] | undefined {
    if (this.dependencies.length === 0) return undefined;
    return this.dependencies.map((dependency) => ({
      name: dependency.name,
      namespace: dependency.namespace === this.namespace ? undefined : dependency.namespace,
      readyExpr: 'readyExpr' in dependency ? dependency.readyExpr : undefined,
    }));
  }
}
