import { Construct, type IConstruct } from 'constructs';
import { UserError } from '../errors';
import { DEFAULT_FLUX_RELEASE, isFluxRelease, type FluxRelease, fluxReleases } from '../flux/releases';
import { brand, hasBrand } from './brand';
import { GitopsApp } from './gitops-app';

export interface ClusterProps {
  /**
   * The Flux release that runs there: it decides the apiVersion and the known fields of every Flux object.
   * @default "2.9"
   */
  readonly fluxRelease?: FluxRelease;

  /**
   * The Kubernetes minor version that runs there.
   * @default "1.34"
   */
  readonly kubernetesVersion?: string;

  /**
   * Where Flux's own objects live.
   * @default "flux-system"
   */
  readonly fluxNamespace?: string;

  /**
   * Values that every FluxKustomization of the cluster substitutes for `${NAME}`.
   * @default none
   */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A source that Flux fetches: what a Kustomization or HelmRelease names in `sourceRef`. */
export interface SourceReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * An entry point: one cluster that Flux bootstraps, with the releases that run there. Directories below it belong to it.
 *
 * @example
 * const cluster = new Cluster(app, 'production', { kubernetesVersion: '1.35' });
 * new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@example.com/platform', branch: 'main' });
 */
export class Cluster extends Construct {
  static isCluster(value: unknown): value is Cluster {
    return hasBrand(value, 'Cluster');
  }

  /** The cluster around a construct, or undefined for what several clusters share. */
  static around(construct: IConstruct): Cluster | undefined {
    for (let at: IConstruct | undefined = construct; at !== undefined; at = at.node.scope) if (Cluster.isCluster(at)) return at;
    return undefined;
  }

  readonly fluxRelease: FluxRelease;
  readonly kubernetesVersion: string;
  readonly fluxNamespace: string;
  readonly variables: Readonly<Record<string, string>>;

  /** The source that the cluster's Kustomizations apply from unless they name another: the one that it bootstraps from. */
  source?: SourceReference;

  /** @throws UserError `value-invalid` for a release that fluxwright does not know */
  constructor(scope: GitopsApp, id: string, props: ClusterProps = {}) {
    super(scope, id);
    brand(this, 'Cluster');
    const release = props.fluxRelease ?? DEFAULT_FLUX_RELEASE;
    if (!isFluxRelease(release)) {
      throw new UserError('value-invalid', `Cluster "${id}" runs Flux ${JSON.stringify(release)}, which fluxwright does not know`, `name one of ${fluxReleases.join(', ')}`);
    }
    this.fluxRelease = release;
    this.kubernetesVersion = props.kubernetesVersion ?? '1.34';
    if (!/^1\.\d+$/.test(this.kubernetesVersion)) {
      throw new UserError('value-invalid', `Cluster "${id}" runs Kubernetes ${JSON.stringify(this.kubernetesVersion)}`, 'write its minor version, such as "1.34"');
    }
    this.fluxNamespace = props.fluxNamespace ?? 'flux-system';
    this.variables = props.variables ?? {};
  }
}
