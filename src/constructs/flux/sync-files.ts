import type { IConstruct } from 'constructs';
import { ApiObject } from 'cdk8s';
import type { Cluster } from '../../app/cluster';
import { Directory } from '../../app/directory';
import { contentOf } from '../../app/directory-content';
import { NamespaceDirectory } from '../../app/namespace-directory';
import { placeByDefault, placeWithin, type Place } from '../../app/place';

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
  const holdsOne = (construct: IConstruct, around: Place): boolean => {
    if (Directory.isDirectory(construct)) return false;
    const place = placeWithin(construct, contentOf(construct), directory, around);
    if (ApiObject.isApiObject(construct)) return place.name === NamespaceDirectory.syncFile;
    return construct.node.children.some((child) => holdsOne(child, place));
  };
  return directory.node.children.some((child) => holdsOne(child, placeByDefault(child)));
}
