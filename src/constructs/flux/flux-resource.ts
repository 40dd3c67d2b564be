import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { Cluster } from '../../app/cluster';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { Directory } from '../../app/directory';
import { GitopsApp } from '../../app/gitops-app';
import { NamespaceDirectory } from '../../app/namespace-directory';
import { UserError } from '../../errors';
import { servedVersion, type FluxKind } from '../../flux/api-versions';
import { fieldsUnknownTo } from '../../flux/fields';
import type { FluxRelease } from '../../flux/releases';
import { mergeData } from '../api-data';
import { ApiResource, type ApiResourceProps } from '../api-resource';

/**
 * An object that a Flux controller reads: its apiVersion is the one that the cluster's Flux release serves.
 *
 * Where it goes is decided here, by what the object is for:
 *
 * - What tells Flux how to reconcile (Kustomizations, sources, image automation) lives in Flux's namespace. In a
 *   NamespaceDirectory it goes to `sync.yaml`, which the kustomization.yaml beside it does not list.
 * - What is itself deployed (HelmReleases, notifications) is a listed file of its directory and lives in the namespace that the
 *   directory sets; in Flux's if it sets none.
 *
 * `namespace` overrules the namespace, and a `YamlFile` as scope the file.
 */
export abstract class FluxResource extends ApiResource implements DirectoryContent {
  readonly fluxRelease: FluxRelease;
  private readonly isDeployed: boolean;

  /** @throws UserError `api-unknown-to-release` where the Flux release does not serve the kind */
  protected constructor(scope: Construct, id: string, kind: FluxKind, props: ApiResourceProps) {
    const cluster = Cluster.around(scope);
    const release = cluster?.fluxRelease ?? GitopsApp.of(scope).fluxRelease;
    const apiVersion = servedVersion(kind, release);
    const isDeployed = DEPLOYED_GROUPS.includes(apiVersion.split('/')[0]!);
    const hasNamespace = isDeployed && Directory.around(scope)?.targetNamespace !== undefined;
    super(scope, id, apiVersion, kind, { ...props, namespace: props.namespace ?? (hasNamespace ? undefined : cluster?.fluxNamespace ?? 'flux-system') });
    this.fluxRelease = release;
    this.isDeployed = isDeployed;
    declareContent(this);
  }

  /** @throws UserError `field-unknown-to-release` for what the cluster's Flux does not know yet */
  protected override define(fields: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>> = {}): ApiObject {
    this.checkFields((mergeData(fields, over) as { spec?: unknown }).spec);
    return super.define(fields, over);
  }

  /** For what `define` cannot see, since it is added later. */
  protected checkFields(spec: unknown): void {
    const errors = fieldsUnknownTo(this.fluxRelease, this.kind as FluxKind, spec).map(({ path, since }) => new UserError(
      'field-unknown-to-release',
      `${this.kind} "${this.node.path}" has spec.${path}, which came with Flux ${since}; the cluster runs ${this.fluxRelease}`,
      `leave it out, or upgrade the cluster and say so: fluxRelease: '${since}'`,
    ));
    if (errors.length > 0) throw UserError.all(errors);
  }

  fileName(directory: Directory): string {
    return this.isSync(directory) ? NamespaceDirectory.syncFile : `${this.node.id}.yaml`;
  }

  isListed(directory: Directory): boolean {
    return !this.isSync(directory);
  }

  private isSync(directory: Directory): boolean {
    return !this.isDeployed && NamespaceDirectory.isNamespaceDirectory(directory);
  }
}

const DEPLOYED_GROUPS: readonly string[] = ['helm.toolkit.fluxcd.io', 'notification.toolkit.fluxcd.io'];
