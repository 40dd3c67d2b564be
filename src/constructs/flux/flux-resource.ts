import type { Construct } from 'constructs';
import { Cluster } from '../../app/cluster';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import type { Directory } from '../../app/directory';
import { GitopsApp } from '../../app/gitops-app';
import { NamespaceDirectory } from '../../app/namespace-directory';
import { servedVersion, type FluxKind } from '../../flux/api-versions';
import type { FluxRelease } from '../../flux/releases';
import { ApiResource, type ApiResourceProps } from '../api-resource';

/**
 * An object that a Flux controller reads: its apiVersion is the one that the cluster's Flux release serves, and in a
 * NamespaceDirectory it goes to `sync.yaml` and lives in Flux's namespace.
 */
export abstract class FluxResource extends ApiResource implements DirectoryContent {
  readonly fluxRelease: FluxRelease;

  /** @throws UserError `api-unknown-to-release` where the Flux release does not serve the kind */
  protected constructor(scope: Construct, id: string, kind: FluxKind, props: ApiResourceProps) {
    const cluster = Cluster.around(scope);
    const release = cluster?.fluxRelease ?? GitopsApp.of(scope).fluxRelease;
    super(scope, id, servedVersion(kind, release), kind, { ...props, namespace: props.namespace ?? cluster?.fluxNamespace ?? 'flux-system' });
    this.fluxRelease = release;
    declareContent(this);
  }

  fileName(directory: Directory): string {
    return NamespaceDirectory.isNamespaceDirectory(directory) ? NamespaceDirectory.syncFile : `${this.node.id}.yaml`;
  }

  isListed(directory: Directory): boolean {
    return !NamespaceDirectory.isNamespaceDirectory(directory);
  }
}
