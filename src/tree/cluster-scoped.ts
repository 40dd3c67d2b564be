/** Kinds that live in no namespace, so that the namespace of their directory says nothing about them. */
const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  'APIService', 'CSIDriver', 'CSINode', 'CertificateSigningRequest', 'CiliumBGPAdvertisement', 'CiliumBGPClusterConfig',
  'CiliumBGPPeerConfig', 'CiliumClusterwideNetworkPolicy', 'CiliumL2AnnouncementPolicy', 'CiliumLoadBalancerIPPool', 'ClusterCleanupPolicy',
  'ClusterExternalSecret', 'ClusterGenerator', 'ClusterImageCatalog', 'ClusterIssuer', 'ClusterPolicy', 'ClusterPushSecret', 'ClusterRole',
  'ClusterRoleBinding', 'ClusterSecretStore', 'ClusterTrustBundle', 'CustomResourceDefinition', 'DeviceClass', 'FlowSchema', 'GatewayClass',
  'IPAddress', 'IngressClass', 'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'Namespace',
  'Node', 'PersistentVolume', 'PodSecurityPolicy', 'PriorityClass', 'PriorityLevelConfiguration', 'RuntimeClass', 'ServiceCIDR',
  'StorageClass', 'StorageVersionMigration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration', 'VolumeAttachment', 'VolumeSnapshotClass', 'VolumeSnapshotContent',
]);

export function isClusterScoped(kind: string): boolean {
  return CLUSTER_SCOPED.has(kind);
}
