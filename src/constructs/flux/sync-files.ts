import type { IConstruct } from 'constructs';
import { ApiObject } from 'cdk8s';
import type { Cluster } from '../../app/cluster';
import { Directory } from '../../app/directory';
import { NamespaceDirectory } from '../../app/namespace-directory';
import { placeOf } from '../../app/place';

/** The sync files of a cluster's namespaces, as paths from the root: those that hold anything. */
export function syncFilesOf(cluster: Cluster): string[] {
  const files: string[] = [];
  const visit = (construct: IConstruct): void => {
    if (NamespaceDirectory.isNamespaceDirectory(construct) && hasSyncFile(construct)) files.push(construct.pathOf(NamespaceDirectory.syncFile));
    for (const child of construct.node.children) if (!ApiObject.isApiObject(child)) visit(child);
  };
  visit(cluster);
  return files;
}

function hasSyncFile(directory: NamespaceDirectory): boolean {
  const holdsOne = (construct: IConstruct): boolean => {
    if (Directory.isDirectory(construct)) return false;
    if (ApiObject.isApiObject(construct)) return placeOf(construct)?.name === NamespaceDirectory.syncFile;
    return construct.node.children.some(holdsOne);
  };
  return directory.node.children.some(holdsOne);
}
