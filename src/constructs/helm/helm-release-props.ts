import type {
  HelmReleaseSpec,
  HelmReleaseSpecDriftDetection,
  HelmReleaseSpecHealthCheckExprs,
  HelmReleaseSpecInstall,
  HelmReleaseSpecKubeConfig,
  HelmReleaseSpecPostRenderers,
  HelmReleaseSpecRollback,
  HelmReleaseSpecTest,
  HelmReleaseSpecUninstall,
  HelmReleaseSpecUpgrade,
  HelmReleaseSpecValuesFrom,
} from '../../../imports/helm.toolkit.fluxcd.io';
import type { ApiData, ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import type { NamedDependency } from '../flux/dependency';
import type { AnySource } from '../flux/source';
import type { HelmChartFromSource } from './helm-chart-source';
import type { HelmRelease } from './helm-release';

/** A HelmRelease that has to be Ready first: the construct, or the name of one that the app does not make. */
export type HelmReleaseDependency = HelmRelease | NamedDependency;

export interface HelmReleaseProps extends ApiResourceProps {
  /**
   * A chart by its name in a source. Set either this or `chartRef`.
   * @default none
   */
  readonly chart?: HelmChartFromSource;

  /**
   * An OCIRepository or HelmChart that is the chart.
   * @default none
   */
  readonly chartRef?: AnySource;

  /**
   * The chart's values. Pinned values may stand in them.
   * @default none - the chart's own
   */
  readonly values?: Readonly<Record<string, unknown>>;

  /**
   * ConfigMaps and Secrets that hold values, later ones over earlier ones and `values` over all.
   * @default none
   */
  readonly valuesFrom?: readonly ApiData<HelmReleaseSpecValuesFrom>[];

  /**
   * HelmReleases that have to be Ready first. Order among other kinds is the FluxKustomizations' business.
   * @default none
   */
  readonly dependsOn?: readonly HelmReleaseDependency[];

  /**
   * How often Flux compares the release with what is wanted.
   * @default "10m"
   */
  readonly interval?: string;

  /**
   * How long each Helm action may wait for the cluster.
   * @default "5m"
   */
  readonly timeout?: string;

  /**
   * The release's name in Helm, at most 53 characters.
   * @default the object's name, behind the target namespace if there is one
   */
  readonly releaseName?: string;

  /**
   * The namespace to install into.
   * @default the release's own
   */
  readonly targetNamespace?: string;

  /**
   * The namespace where Helm keeps its record of the release.
   * @default the release's own
   */
  readonly storageNamespace?: string;

  /**
   * How many revisions Helm remembers; 0 is all of them.
   * @default 5
   */
  readonly maxHistory?: number;

  /**
   * The ServiceAccount to install as.
   * @default the helm-controller's own
   */
  readonly serviceAccountName?: string;

  /**
   * The other cluster to install into: exactly one of `secretRef` and `configMapRef`.
   * @default this cluster
   */
  readonly kubeConfig?: ApiData<HelmReleaseSpecKubeConfig>;

  /**
   * Whether one client serves all actions. Turn it off for charts that install CRDs and use them at once.
   * @default true
   */
  readonly persistentClient?: boolean;

  /** How to install: CRDs, hooks, waiting, `remediation` after a failure. @default as Helm does, tried once */
  readonly install?: ApiData<HelmReleaseSpecInstall>;

  /** How to upgrade. @default as Helm does, tried once */
  readonly upgrade?: ApiData<HelmReleaseSpecUpgrade>;

  /** How to roll back, where `upgrade.remediation` does. @default as Helm does */
  readonly rollback?: ApiData<HelmReleaseSpecRollback>;

  /** How to uninstall. @default as Helm does */
  readonly uninstall?: ApiData<HelmReleaseSpecUninstall>;

  /** Whether the chart's tests run, and which. @default none run */
  readonly test?: ApiData<HelmReleaseSpecTest>;

  /** What happens when the cluster's objects differ from the release's: nothing, a warning, or a correction. @default nothing */
  readonly driftDetection?: ApiData<HelmReleaseSpecDriftDetection>;

  /** What is done to the manifests that the chart renders. @default nothing */
  readonly postRenderers?: readonly ApiData<HelmReleaseSpecPostRenderers>[];

  /** Whether post-renderers see the chart's hooks: not, together with the rest, or apart. @default "combined" since Flux 2.9 */
  readonly postRenderStrategy?: `${NonNullable<HelmReleaseSpec['postRenderStrategy']>}`;

  /** Labels and annotations for everything that is installed. @default none */
  readonly commonMetadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> };

  /** When custom resources count as healthy, as CEL expressions. @default by their conditions */
  readonly healthCheckExprs?: readonly ApiData<HelmReleaseSpecHealthCheckExprs>[];

  /** How to wait for what is installed: by health (`poller`) or as Helm 3 did (`legacy`). @default "poller" since Flux 2.8 */
  readonly waitStrategy?: 'poller' | 'legacy';

  /** Whether Flux leaves it alone for now. @default false */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<HelmReleaseSpec>;
}
