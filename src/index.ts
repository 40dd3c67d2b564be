export { GitopsApp, type GitopsAppProps } from './app/gitops-app';
export { Cluster, type ClusterProps } from './app/cluster';
export { Directory, type DirectoryProps, type ResourceReference } from './app/directory';
export { NamespaceDirectory, type NamespaceDirectoryProps } from './app/namespace-directory';
export { YamlFile, type YamlFileProps } from './app/yaml-file';
export { UserError, type ErrorCode } from './errors';
