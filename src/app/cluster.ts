import { Construct, type IConstruct } from 'constructs';
import { UserError, type ErrorCode } from '../errors';
import { DEFAULT_FLUX_RELEASE, isFluxRelease, type FluxRelease, fluxReleases } from '../flux/releases';
import { brand, hasBrand } from './brand';
import { GitopsApp } from './gitops-app';
import { isDnsLabel } from './names';

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
   * Where its directories lie, from the root of the tree: several clusters have one each.
   * @default the app's directory
   */
  readonly directory?: string;

  /**
   * Values that every FluxKustomization of the cluster but flux-system's own substitutes for `${NAME}`.
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
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;

  /** The source that the cluster's Kustomizations apply from unless they name another: the one that it bootstraps from. */
  source?: SourceReference;

  /** @throws UserError `value-invalid` for a release that fluxwright does not know, and for variables that Flux cannot substitute */
  constructor(scope: GitopsApp, id: string, props: ClusterProps = {}) {
    super(scope, id);
    brand(this, 'Cluster');
    const { fluxRelease = DEFAULT_FLUX_RELEASE, kubernetesVersion = '1.34', fluxNamespace = 'flux-system' } = props;
    const errors: UserError[] = [];
    const check = (holds: boolean, code: ErrorCode, problem: string, fix: string): void => {
      if (!holds) errors.push(new UserError(code, `Cluster "${this.node.path}" ${problem}`, fix));
    };
    check(isFluxRelease(fluxRelease), 'value-invalid', `runs Flux ${JSON.stringify(fluxRelease)}, which fluxwright does not know`, `name one of ${fluxReleases.join(', ')}`);
    check(/^1\.\d+$/.test(kubernetesVersion), 'value-invalid', `runs Kubernetes ${JSON.stringify(kubernetesVersion)}`, 'write its minor version, such as "1.34"');
    check(isDnsLabel(fluxNamespace), 'name-invalid', `has fluxNamespace ${JSON.stringify(fluxNamespace)}`, 'use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit');
    for (const { problem, fix } of variableProblems('variables', props.variables)) check(false, 'value-invalid', problem, fix);
    if (errors.length > 0) throw UserError.all(errors);
    this.fluxRelease = fluxRelease;
    this.kubernetesVersion = kubernetesVersion;
    this.fluxNamespace = fluxNamespace;
    this.directory = props.directory ?? GitopsApp.of(this).directory;
    this.variables = props.variables ?? {};
  }
}

/** What Flux would not take as variables: it wants names like those of a shell's, and strings. */
export function variableProblems(field: string, variables: Readonly<Record<string, string>> = {}): { problem: string; fix: string }[] {
  return Object.entries(variables).flatMap(([name, value]) => [
    ...(/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? [] : [{ problem: `has ${JSON.stringify(name)} in ${field}, which is no name of a variable`, fix: 'use letters, digits and "_", not starting with a digit' }]),
    ...(typeof value === 'string' ? [] : [{ problem: `has ${field}.${name} ${JSON.stringify(value)}, which is no string`, fix: 'put it in quotes' }]),
  ]);
}
