import type { IConstruct } from 'constructs';
import type { File } from '../tree/file';
import { brand, hasBrand } from './brand';
import type { Directory } from './directory';
import type { KustomizationFile } from './kustomization-file';

/**
 * A construct that says more about its place in a directory than "my objects go to a file named like my id".
 * Everything is optional; what is left out stays as for any construct. It may lie deeper, inside a construct of the user's;
 * inside one that chose a file of its own, such as a YamlFile, its objects go there.
 */
export interface DirectoryContent {
  /**
   * The file, in the directory, that the construct's API objects go to. Several constructs may share one.
   * @default "<id>.yaml"
   */
  fileName?(directory: Directory): string;

  /**
   * Whether the directory's kustomization.yaml lists that file.
   * @default true
   */
  isListed?(directory: Directory): boolean;

  /** Comment lines at the top of the file, below the one that says it is generated. */
  comments?(): readonly string[];

  /** Files beside those of the API objects. */
  files?(directory: Directory): readonly File[];

  /** Files anywhere in the tree, also from outside all directories. */
  treeFiles?(): readonly File[];

  /** What the directory's kustomization.yaml says on its account; lists are joined. */
  kustomization?(directory: Directory): KustomizationFile;
}

/** Makes the layout ask a construct about its place. Call it in the constructor. */
export function declareContent(construct: IConstruct & DirectoryContent): void {
  brand(construct, 'DirectoryContent');
}

export function contentOf(construct: IConstruct): DirectoryContent {
  return hasBrand(construct, 'DirectoryContent') ? (construct as DirectoryContent) : {};
}
