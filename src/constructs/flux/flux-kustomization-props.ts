import type { ApiObject } from 'cdk8s';
import type {
  KustomizationSpec, KustomizationSpecCommonMetadata, KustomizationSpecHealthCheckExprs, KustomizationSpecIgnore, KustomizationSpecImages,
  KustomizationSpecKubeConfig,
} from '../../../imports/kustomize.toolkit.fluxcd.io';
import type { Directory } from '../../app/directory';
import type { ApiData, ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import type { NameReference } from '../name-reference';
import type { Dependency } from './dependency';
import type { InlinePatch } from './inline-patch';
import type { HealthCheck } from './health-check';
import type { AnySource } from './source';

export interface FluxKustomizationProps extends ApiResourceProps {
  /**
   * What to build and apply: a directory, or a path from the root of the source. A path without kustomization.yaml is all YAML
   * below it. In the cluster's own repository, something has to be there: a directory of the app, or files of others.
   */
  readonly applies: Directory | string;

  /**
   * Where it is fetched from.
   * @default the source that the cluster bootstraps from, which its FluxSystem names
   */
  readonly source?: AnySource;

  /**
   * Kustomizations that must be Ready before this one is applied. `addDependency` adds those that are only made later.
   * @default none
   */
  readonly dependsOn?: readonly Dependency[];

  /**
   * Components that are applied over everything. Paths start at `applies`.
   * @default none
   */
  readonly components?: readonly (Directory | string)[];

  /**
   * Whether a component that is not in the source is left out instead of failing. Needs Flux 2.7.
   * @default false
   */
  readonly ignoreMissingComponents?: boolean;

  /**
   * How often it is applied again although the source has not changed, which undoes what others changed: `1h`, `2m30s`.
   * @default "10m"
   */
  readonly interval?: string;

  /**
   * How long to wait before another try after a failure.
   * @default the interval
   */
  readonly retryInterval?: string;

  /**
   * How long building, applying and waiting may take, each. With `wait` or health checks, think of images to pull.
   * @default the interval
   */
  readonly timeout?: string;

  /**
   * Whether it is Ready only once everything that it applied is. Then `healthChecks` is ignored.
   * @default false
   */
  readonly wait?: boolean;

  /**
   * Objects that have to be ready for this to be Ready.
   * @default none
   */
  readonly healthChecks?: readonly (HealthCheck | ApiObject)[];

  /**
   * CEL expressions that say when an object of a kind is ready. Needs Flux 2.5.
   * @default what the objects' conditions say
   */
  readonly healthCheckExprs?: readonly ApiData<KustomizationSpecHealthCheckExprs>[];

  /**
   * Whether what is no longer in the source is deleted from the cluster. That is true of data, too: a database that moves to
   * another Kustomization is deleted unless it is annotated `kustomize.toolkit.fluxcd.io/prune: disabled`.
   * @default true
   */
  readonly prune?: boolean;

  /**
   * What happens to the objects when the Kustomization itself is deleted. Needs Flux 2.5.
   * @default "MirrorPrune" - they are deleted if `prune` is set
   */
  readonly deletionPolicy?: 'MirrorPrune' | 'Delete' | 'WaitForTermination' | 'Orphan';

  /**
   * Whether objects are deleted and made again where a field that changed is immutable.
   * @default false
   */
  readonly force?: boolean;

  /**
   * Whether Flux leaves everything as it is.
   * @default false
   */
  readonly suspend?: boolean;

  /**
   * The namespace that all objects are put into, whatever they say.
   * @default what they say
   */
  readonly targetNamespace?: string;

  /**
   * What is put before all names. Needs Flux 2.3.
   * @default nothing
   */
  readonly namePrefix?: string;

  /**
   * What is put behind all names. Needs Flux 2.3.
   * @default nothing
   */
  readonly nameSuffix?: string;

  /**
   * Labels and annotations for all objects.
   * @default none
   */
  readonly commonMetadata?: ApiData<KustomizationSpecCommonMetadata>;

  /**
   * Other names, tags or digests for images. A pin may stand in `newName`, `newTag` and `digest`.
   * @default none
   */
  readonly images?: readonly ApiData<KustomizationSpecImages>[];

  /**
   * Changes to the objects, applied in this order, after what the directory itself patches.
   * @default none
   */
  readonly patches?: readonly InlinePatch[];

  /**
   * How to decrypt what SOPS encrypted; `{}` is enough where the controller itself has the key.
   * @default nothing is decrypted: an encrypted file is refused, or applied as it is
   */
  readonly decryption?: Decryption;

  /**
   * Values for `${NAME}` in the objects, over the cluster's variables; null for nothing, not even these.
   * @default the cluster's variables
   */
  readonly substitute?: Readonly<Record<string, string>> | null;

  /**
   * ConfigMaps and Secrets of the Kustomization's namespace whose keys are values for `${NAME}`; `substitute` wins over them.
   * @default none
   */
  readonly substituteFrom?: readonly SubstituteReference[];

  /**
   * Whether `${NAME:=default}` is replaced even where nothing is substituted. Needs Flux 2.9.
   * @default "WithVariables" - only where there is something to substitute
   */
  readonly substituteStrategy?: 'WithVariables' | 'Always';

  /**
   * The ServiceAccount, in the Kustomization's namespace, with whose rights it applies.
   * @default the controller's, which may do everything
   */
  readonly serviceAccountName?: NameReference;

  /**
   * The other cluster to apply to.
   * @default the one that Flux runs in
   */
  readonly kubeConfig?: ApiData<KustomizationSpecKubeConfig>;

  /**
   * Fields that Flux leaves to others once an object exists. Needs Flux 2.9.
   * @default none
   */
  readonly ignore?: readonly ApiData<KustomizationSpecIgnore>[];

  /**
   * Annotations that say which file, or which step, an object comes from. Needs Flux 2.9.
   * @default none
   */
  readonly buildMetadata?: readonly ('originAnnotations' | 'transformerAnnotations')[];

  /**
   * Merged last over what the other props say; a null is written, which to the API server is a field left out.
   * @default nothing
   */
  readonly spec?: ApiPatch<KustomizationSpec>;
}

export interface Decryption {
  /** @default "sops", the only one */
  readonly provider?: 'sops';

  /**
   * The Secret with the keys.
   * @default none: the controller has the key, or the right to use it
   */
  readonly secretRef?: NameReference;

  /**
   * The ServiceAccount with whose identity a cloud's key service is asked. Needs Flux 2.6.
   * @default the controller's
   */
  readonly serviceAccountName?: NameReference;
}

/** A ConfigMap or Secret by its kind and name; a construct that stands for it will do. */
export interface SubstituteReference {
  readonly kind: 'ConfigMap' | 'Secret' | (string & {});
  readonly name: string;

  /**
   * Whether it may be missing.
   * @default false
   */
  readonly optional?: boolean;
}
