import type { IConstruct } from 'constructs';
import { Directory } from './directory';
import { contentOf, type DirectoryContent } from './directory-content';

/** Where the API objects below a construct go. */
export interface Place {
  /** The file, in its directory. */
  readonly name: string;
  /** Whether the directory's kustomization.yaml lists it. */
  readonly listed: boolean;
  readonly comments: readonly string[];
  readonly claimedBy: string;
  /** Whether a construct asked for it, so that those inside have no say: a YamlFile takes all that is in it. */
  readonly chosen: boolean;
}

/** The place of a construct directly in a directory, before it is asked. */
export function placeByDefault(child: IConstruct): Place {
  const { id, path } = child.node;
  return { name: /\.ya?ml$/.test(id) ? id : `${id}.yaml`, listed: true, comments: [], claimedBy: path, chosen: false };
}

/** The place of a construct in one whose place is `around`. */
export function placeWithin(construct: IConstruct, content: DirectoryContent, directory: Directory, around: Place): Place {
  if (content.fileName === undefined && content.isListed === undefined && content.comments === undefined) return around;
  if (around.chosen) return { ...around, comments: [...around.comments, ...(content.comments?.() ?? [])] };
  return {
    name: content.fileName?.(directory) ?? around.name,
    listed: content.isListed?.(directory) ?? around.listed,
    comments: content.comments?.() ?? [],
    claimedBy: construct.node.path,
    chosen: content.fileName !== undefined,
  };
}

/** The place of any construct, with its directory; undefined for one that lies in none. */
export function placeOf(construct: IConstruct): (Place & { readonly directory: Directory }) | undefined {
  const directory = Directory.around(construct);
  if (directory === undefined || Directory.isDirectory(construct)) return undefined;
  const scopes = construct.node.scopes.slice(directory.node.scopes.length);
  const place = scopes.reduce((around, scope) => placeWithin(scope, contentOf(scope), directory, around), placeByDefault(scopes[0]!));
  return { ...place, directory };
}
