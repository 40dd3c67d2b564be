import { Construct } from 'constructs';
import { brand, hasBrand } from '../../app/brand';
import { Directory, type ResourceReference } from '../../app/directory';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { FieldChecks } from '../../app/field-checks';
import { GitopsApp } from '../../app/gitops-app';
import { findFile } from '../../app/inputs';
import type { KustomizationFile } from '../../app/kustomization-file';
import { addModelCheck } from '../../app/model-check';
import { UserError } from '../../errors';
import { OpaqueFile, type File } from '../../tree/file';
import { relativePath } from '../../tree/path';
import { findUpstream, verifyDigest } from '../../upstream/upstream-cache';
import { customResourceDefinitionsIn } from './custom-resource-definitions';

export interface UpstreamManifestProps {
  /** Where upstream publishes the release; of an archive, with the file behind a `#`: `https://…/release-bundle.tar.gz#operator.yaml`. */
  readonly url: string;

  /** The release, as upstream calls it. */
  readonly version: string;

  /** The SHA-256 digest of the file behind the URL, in hexadecimal. */
  readonly sha256: string;

  /**
   * Whether kustomization.yaml lists the URL, and whoever builds the directory downloads it, instead of a copy in the tree.
   * Kustomize checks no digest, so what is built can change under you; a copy cannot.
   * @default false
   */
  readonly remote?: boolean;

  /**
   * A local copy to take the release from, absolute or from the app's root. Its digest is checked.
   * @default the user's cache, which `fluxwright upstream fetch` fills
   */
  readonly source?: string;

  /**
   * The copy's name, in its directory.
   * @default "<id>.yaml"
   */
  readonly fileName?: string;

  /**
   * The CustomResourceDefinitions that it brings, such as `certificates.cert-manager.io`.
   * @default those found in the file; none for a remote one that is not in the cache
   */
  readonly provides?: readonly string[];
}

/**
 * A release file of another project, pinned by its digest: copied into the tree byte for byte, or listed as a remote resource.
 *
 * @example
 * new UpstreamManifest(directory, 'cert-manager', {
 *   url: 'https://github.com/cert-manager/cert-manager/releases/download/v1.16.1/cert-manager.yaml',
 *   version: 'v1.16.1',
 *   sha256: 'ad09a35d3dd404f98f4e16555b01b89bdf7a499932b4567f3e2eddb4ef3cab15',
 * });
 */
export class UpstreamManifest extends Construct implements DirectoryContent, ResourceReference {
  static isUpstreamManifest(value: unknown): value is UpstreamManifest {
    return hasBrand(value, 'UpstreamManifest');
  }

  readonly url: string;
  readonly version: string;
  readonly sha256: string;
  readonly isRemote: boolean;

  /** Where the copy lies, from the root of the tree; a remote release has none. */
  readonly path: string;

  private readonly source: string | undefined;
  private readonly declared: readonly string[] | undefined;
  private found?: Buffer;

  /** @throws UserError `value-invalid` for a URL that is none, a digest that is none, or a remote release with a source */
  constructor(scope: Construct, id: string, props: UpstreamManifestProps) {
    super(scope, id);
    brand(this, 'UpstreamManifest');
    declareContent(this);
    this.url = props.url;
    this.version = props.version;
    this.sha256 = props.sha256.toLowerCase();
    this.isRemote = props.remote ?? false;
    this.path = Directory.of(this).pathOf(props.fileName ?? `${id}.yaml`);
    this.source = props.source;
    this.declared = props.provides;
    new FieldChecks(this, 'UpstreamManifest')
      .require(/^(https?|file):\/\/\S+$/.test(props.url), 'value-invalid', `has url ${JSON.stringify(props.url)}`, 'write where upstream publishes the file, such as "https://github.com/…/v1.16.1/cert-manager.yaml"')
      .require(!this.isRemote || !props.url.startsWith('file:'), 'value-invalid', `is remote and has url ${JSON.stringify(props.url)}, which only this machine has`, 'leave out "remote"')
      .require(!this.isRemote || !props.url.includes('#'), 'value-invalid', `is remote and has url ${JSON.stringify(props.url)}, a file in an archive, which kustomize does not unpack`, 'leave out "remote"')
      .require(/^[0-9a-f]{64}$/.test(this.sha256), 'value-invalid', `has sha256 ${JSON.stringify(props.sha256)}, which is no digest`, 'write 64 hexadecimal digits, as `sha256sum FILE` prints them')
      .require(!this.isRemote || props.source === undefined, 'value-invalid', 'is remote and has a source', 'leave out one of them')
      .done();
    addModelCheck(this, () => this.problems());
  }

  /** The CustomResourceDefinitions that it brings, sorted. */
  get provides(): readonly string[] {
    if (this.declared !== undefined) return [...this.declared].sort();
    const bytes = this.isRemote ? findUpstream(this.sha256) : this.bytes();
    return bytes === undefined ? [] : customResourceDefinitionsIn(bytes.toString('utf8')).sort();
  }

  resourceFor(directory: Directory): string {
    return this.isRemote ? this.url : relativePath(directory.path, this.path);
  }

  files(): readonly File[] {
    return this.isRemote ? [] : [new OpaqueFile(this.path, this.bytes(), { claimedBy: this.node.path })];
  }

  kustomization(directory: Directory): KustomizationFile {
    return { resources: [this.resourceFor(directory)] };
  }

  private problems(): UserError[] {
    try {
      if (!this.isRemote) this.bytes();
      return [];
    } catch (error) {
      if (UserError.is(error)) return [error];
      throw error;
    }
  }

  private bytes(): Buffer {
    return (this.found ??= this.source === undefined ? this.cached() : this.local(this.source));
  }

  private cached(): Buffer {
    const bytes = findUpstream(this.sha256);
    if (bytes !== undefined) return bytes;
    throw new UserError('download-failed', `UpstreamManifest "${this.node.path}" is not on this machine: ${this.url}`, 'run "fluxwright upstream fetch", which downloads it and checks its digest');
  }

  private local(source: string): Buffer {
    const bytes = findFile(GitopsApp.of(this), source);
    if (bytes === undefined) throw new UserError('reference-invalid', `UpstreamManifest "${this.node.path}" has source ${JSON.stringify(source)}, where no file is`, 'mend the path, which is absolute or from the app\'s root');
    verifyDigest(bytes, this.sha256, `UpstreamManifest "${this.node.path}": ${source}`);
    return bytes;
  }
}
