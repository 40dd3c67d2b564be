import { Construct } from 'constructs';
import { brand } from './brand';
import { declareContent, type DirectoryContent } from './directory-content';
import type { Directory } from './directory';

export interface YamlFileProps {
  /**
   * The file's name.
   * @default "<id>.yaml"
   */
  readonly name?: string;

  /**
   * Whether Flux applies it: whether the directory's kustomization.yaml lists it. One that is not says so in its first lines.
   * @default true
   */
  readonly synced?: boolean;

  /** Comment lines at the top of the file. */
  readonly comments?: readonly string[];
}

/**
 * A file for several objects, or for objects that Flux is not to apply. Without one, each construct in a directory is a file of its own.
 *
 * @example
 * const file = new YamlFile(directory, 'rbac');
 * new k8s.KubeRole(file, 'role', …);
 * new k8s.KubeRoleBinding(file, 'binding', …);
 */
export class YamlFile extends Construct implements DirectoryContent {
  constructor(scope: Directory, id: string, private readonly props: YamlFileProps = {}) {
    super(scope, id);
    brand(this, 'YamlFile');
    declareContent(this);
  }

  fileName(): string {
    return this.props.name ?? `${this.node.id}.yaml`;
  }

  isListed(): boolean {
    return this.props.synced ?? true;
  }

  /** Whether Flux applies what the file holds. */
  get isSynced(): boolean {
    return this.props.synced ?? true;
  }

  comments(): readonly string[] {
    const unsynced = this.isSynced ? [] : ['Not synced by Flux: nothing lists this file. Apply it by hand when it is needed.'];
    return [...unsynced, ...(this.props.comments ?? [])];
  }
}
