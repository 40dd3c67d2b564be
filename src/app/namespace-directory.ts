import type { IConstruct } from 'constructs';
import { brand, hasBrand } from './brand';
import { Directory, type DirectoryProps } from './directory';

export interface NamespaceDirectoryProps extends DirectoryProps {
  /**
   * The namespace of its objects.
   * @default the construct's id
   */
  readonly namespace?: string;

  /**
   * Whether its kustomization.yaml sets the namespace, or each object names its own.
   * @default true
   */
  readonly setsNamespace?: boolean;
}

/**
 * `<namespace>/`: everything that lives in one namespace, with `sync.yaml` (its Flux objects, which live in flux-system)
 * beside `kustomization.yaml` and the resources.
 *
 * @example
 * const server = new NamespaceDirectory(cluster, 'server');
 * new FluxKustomization(server, 'server', { applies: server });
 */
export class NamespaceDirectory extends Directory {
  static isNamespaceDirectory(value: unknown): value is NamespaceDirectory {
    return hasBrand(value, 'NamespaceDirectory');
  }

  /** The file that holds its Flux objects. */
  static readonly syncFile = 'sync.yaml';

  readonly namespaceName: string;

  constructor(scope: IConstruct, id: string, { namespace = id, setsNamespace = true, ...props }: NamespaceDirectoryProps = {}) {
    super(scope, id, { ...props, namespace: setsNamespace ? namespace : undefined });
    brand(this, 'NamespaceDirectory');
    this.namespaceName = namespace;
  }

  override get targetNamespace(): string {
    return this.namespaceName;
  }
}
