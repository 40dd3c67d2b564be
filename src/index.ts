export { GitopsApp, type GitopsAppProps } from './app/gitops-app';
export { Cluster, type ClusterProps, type SourceReference } from './app/cluster';
export { Directory, type DirectoryProps, type ResourceReference } from './app/directory';
export { NamespaceDirectory, type NamespaceDirectoryProps } from './app/namespace-directory';
export { YamlFile, type YamlFileProps } from './app/yaml-file';
export { UserError, type ErrorCode } from './errors';
export { type FluxRelease } from './flux/releases';

// Flux
export { Bucket, type BucketProps } from './constructs/flux/bucket';
export { type Dependency, type NamedDependency } from './constructs/flux/dependency';
export { FluxKustomization } from './constructs/flux/flux-kustomization';
export { type Decryption, type FluxKustomizationProps, type SubstituteReference } from './constructs/flux/flux-kustomization-props';
export { FluxSystem, type FluxSystemProps } from './constructs/flux/flux-system';
export { GitRepository, type GitRepositoryInclude, type GitRepositoryProps } from './constructs/flux/git-repository';
export { HelmRepository, type HelmRepositoryProps } from './constructs/flux/helm-repository';
export { partOf, type InlinePatch } from './constructs/flux/inline-patch';
export { type HealthCheck } from './constructs/flux/health-check';
export { OciRepository, type OciRepositoryProps } from './constructs/flux/oci-repository';
export { type AnySource, type LocalReference } from './constructs/flux/source';
export { type NameReference } from './constructs/name-reference';

// kustomize
export { Base } from './constructs/kustomize/base';
export { Overlay, type OverlayProps } from './constructs/kustomize/overlay';
export { Component } from './constructs/kustomize/component';
export { StrategicMergePatch, type MergePatch, type StrategicMergePatchProps } from './constructs/kustomize/strategic-merge-patch';
export { JsonPatch6902, type JsonPatch6902Props, type JsonPatchOperation } from './constructs/kustomize/json-patch-6902';
export { jsonPointer } from './constructs/kustomize/json-pointer';
export { type PatchTarget, type PatchedObject } from './constructs/kustomize/patch-target';
export { ConfigMapGenerator, type ConfigMapGeneratorProps } from './constructs/kustomize/config-map-generator';
export { SecretGenerator, type SecretGeneratorProps } from './constructs/kustomize/secret-generator';
export { Transformer, type TransformerProps } from './constructs/kustomize/transformer';
export { TransformerConfiguration, type FieldSpec, type NameBackReference, type TransformerConfigurationProps } from './constructs/kustomize/transformer-configuration';
export { type FileReference, type GeneratorProps } from './app/generator';
export { type KustomizeTarget } from './app/kustomization-file';
export { VerbatimFile, type VerbatimFileProps } from './constructs/kustomize/verbatim-file';

// image automation
export { ImagePins, type ImagePin, type ImagePinsProps } from './constructs/images/image-pins';
export { ImagePolicy, type ImagePolicyProps } from './constructs/images/image-policy';
export { ImageRepository, type ImageRepositoryProps } from './constructs/images/image-repository';
export { ImageUpdateAutomation, type ImageUpdateAutomationProps } from './constructs/images/image-update-automation';
export { type PinOptions } from './constructs/images/pin';

// Postgres
export { PostgresCluster, type PostgresClusterProps } from './constructs/postgres/postgres-cluster';
export { type PostgresClusterOverlay, type PostgresClusterOverlayProps } from './constructs/postgres/postgres-cluster-overlay';
export { type ClusterSettings } from './constructs/postgres/cluster-settings';
export { type LiveCluster } from './constructs/postgres/live-cluster';
export { initdb, recoverFrom, type Bootstrap, type RecoverFromOptions } from './constructs/postgres/bootstrap';
export { azure, gcs, s3, type AzureOptions, type BackupDestination, type GcsOptions, type S3Options, type SecretKey } from './constructs/postgres/backup-destination';
export { ObjectStore, type ObjectStoreProps } from './constructs/postgres/object-store';
export { ScheduledBackup, type ScheduledBackupProps } from './constructs/postgres/scheduled-backup';
export { Backup, type BackupProps } from './constructs/postgres/backup';
export { RestoredCluster, type RestoredClusterProps } from './constructs/postgres/restored-cluster';
export { InPlaceRecovery, type InPlaceRecoveryProps } from './constructs/postgres/in-place-recovery';

// environments
export { EphemeralEnvironment } from './constructs/environments/ephemeral-environment';
export { type EnvironmentAutomation, type EnvironmentImage, type EnvironmentStep, type EphemeralEnvironmentProps } from './constructs/environments/ephemeral-environment-props';
export { namespaceForBranch } from './environments/branch-namespace';
export { readEnvironments } from './constructs/environments/read-environments';
export { type Environment } from './environments/environments-file';

// Helm
export { type HelmChartFromSource } from './constructs/helm/helm-chart-source';
export { HelmRelease } from './constructs/helm/helm-release';
export { type HelmReleaseDependency, type HelmReleaseProps } from './constructs/helm/helm-release-props';

// notifications
export { Alert, type AlertProps } from './constructs/notifications/alert';
export { Provider, type ProviderProps } from './constructs/notifications/provider';
export { Receiver, type ReceiverProps } from './constructs/notifications/receiver';
export { type ObjectPattern, type ObjectReference } from './constructs/notifications/object-reference';

// secrets
export { EncryptedFile, type EncryptedFileProps } from './constructs/secrets/encrypted-file';
export { SopsRules, type SopsRulesProps } from './constructs/secrets/sops-rules';
export { type AwsKmsKey, type SopsRecipients, type SopsRule } from './sops/rule';

// upstream releases
export { UpstreamManifest, type UpstreamManifestProps } from './constructs/upstream/upstream-manifest';
export { lockedRelease } from './constructs/upstream/locked-release';

// plain objects
export * from './constructs/kubernetes/k8s';
export { KubeObject, type KubeObjectProps } from './constructs/kubernetes/kube-object';
export { type GeneratedClass, type ObjectType } from './constructs/generated-class';
export { ApiObject } from 'cdk8s';

// networking
export { Certificate, type CertificateProps } from './constructs/networking/certificate';
export { ClusterIssuer, type ClusterIssuerProps } from './constructs/networking/cluster-issuer';
export { DestinationRule, type DestinationRuleProps } from './constructs/networking/destination-rule';
export { Gateway, type GatewayProps } from './constructs/networking/gateway';
export { HTTPRoute, type HTTPRouteProps } from './constructs/networking/http-route';
export { Issuer, type IssuerProps } from './constructs/networking/issuer';
export { IstioGateway, type IstioGatewayProps } from './constructs/networking/istio-gateway';
export { PeerAuthentication, type PeerAuthenticationProps } from './constructs/networking/peer-authentication';
export { VirtualService, type VirtualServiceProps } from './constructs/networking/virtual-service';

// Google Cloud
export { ConfigConnector, type ConfigConnectorProps } from './constructs/google/config-connector';
export { ConfigConnectorContext, type ConfigConnectorContextProps } from './constructs/google/config-connector-context';
export { GCPBackendPolicy, type GCPBackendPolicyProps } from './constructs/google/gcp-backend-policy';
export { HealthCheckPolicy, type HealthCheckPolicyProps } from './constructs/google/health-check-policy';
export { IAMPartialPolicy, type IAMPartialPolicyProps } from './constructs/google/iam-partial-policy';
