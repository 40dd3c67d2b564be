export { GitopsApp, type GitopsAppProps } from './app/gitops-app';
export { Cluster, type ClusterProps } from './app/cluster';
export { Directory, type DirectoryProps, type ResourceReference } from './app/directory';
export { NamespaceDirectory, type NamespaceDirectoryProps } from './app/namespace-directory';
export { YamlFile, type YamlFileProps } from './app/yaml-file';
export { UserError, type ErrorCode } from './errors';

// Flux
export { FluxKustomization, type Dependency, type FluxKustomizationProps } from './constructs/flux/flux-kustomization';
export { FluxSystem, type FluxSystemProps } from './constructs/flux/flux-system';
export { GitRepository, type GitRepositoryProps } from './constructs/flux/git-repository';
