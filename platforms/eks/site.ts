/** What all environments have in common, and an organization changes to run this platform. */
export const site = {
  repository: { url: 'ssh://git@github.com/example/eks-platform', branch: 'main' },
  /** Its own images, for which the pull secret is. */
  images: { cdcToolbox: 'docker.io/example/cdc-toolbox:1.0.0' },
  /** The group that EKS puts developers into, and RBAC knows. */
  developerGroup: 'k8s-developers',
} as const;
