import { Construct } from 'constructs';
import { brand, hasBrand } from '../../app/brand';
import { Directory, type ResourceReference } from '../../app/directory';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { GitopsApp } from '../../app/gitops-app';
import { findInput, readInput } from '../../app/inputs';
import type { KustomizationFile, KustomizeTarget } from '../../app/kustomization-file';
import { addModelCheck } from '../../app/model-check';
import { UserError } from '../../errors';
import { checkEncryption, createCommand } from '../../sops/check-encryption';
import { OpaqueFile, type File } from '../../tree/file';
import { relativePath } from '../../tree/path';
import { kustomizationsApplying } from '../flux/kustomizations-applying';
import { selectorOf, type PatchTarget } from '../kustomize/patch-target';
import { SopsRules } from './sops-rules';

export interface EncryptedFileProps {
  /**
   * Where it lies, from its directory.
   * @default the construct's id, with ".yaml" unless it ends in .yaml, .yml, .json, .env or .ini
   */
  readonly path?: string;

  /**
   * An encrypted file elsewhere, from the app's root, that is copied into the directory.
   * @default the file is in its place already, where SOPS writes it
   */
  readonly source?: string;

  /**
   * Whether kustomization.yaml lists it. One that a generator or a patch reads is not listed.
   * @default whether it is YAML or JSON
   */
  readonly isListed?: boolean;

  /**
   * Whether kustomization.yaml applies it as a strategic merge patch instead of listing it: a part of an object, such as an
   * Ingress's hosts, that only those with the key may read.
   * @default whether it has a `target`
   */
  readonly isPatch?: boolean;

  /**
   * Which objects the patch changes. Name them where the object's apiVersion may move: the file cannot follow without the key.
   * @default the object that the patch names
   */
  readonly target?: PatchTarget;
}

/**
 * A file that SOPS encrypted. It stays as SOPS wrote it, byte for byte: its place in the tree is checked and listed, and
 * synthesis fails unless it really is encrypted, for those that the `SopsRules` name, and everything that applies it decrypts it.
 *
 * @example
 * new EncryptedFile(directory, 'database-password.enc'); // database-password.enc.yaml
 */
export class EncryptedFile extends Construct implements DirectoryContent, ResourceReference {
  static isEncryptedFile(value: unknown): value is EncryptedFile {
    return hasBrand(value, 'EncryptedFile');
  }

  /** From the root of the tree. */
  readonly path: string;

  /** Where it is read from: its own place, or the file that it is a copy of. */
  readonly origin: string;

  private readonly isCopy: boolean;
  private readonly listed: boolean;
  private readonly isPatch: boolean;
  private readonly target: KustomizeTarget | undefined;

  constructor(scope: Construct, id: string, props: EncryptedFileProps = {}) {
    super(scope, id);
    brand(this, 'EncryptedFile');
    declareContent(this);
    this.path = Directory.of(this).pathOf(props.path ?? (/\.(ya?ml|json|env|ini)$/.test(id) ? id : `${id}.yaml`));
    this.origin = props.source ?? this.path;
    this.isCopy = props.source !== undefined;
    this.isPatch = props.isPatch ?? props.target !== undefined;
    this.target = props.target && selectorOf(props.target);
    this.listed = props.isListed ?? (!this.isPatch && /\.(ya?ml|json)$/.test(this.path));
    addModelCheck(this, () => [...this.checkContents(), ...this.checkDecryption()]);
  }

  resourceFor(directory: Directory): string {
    return relativePath(directory.path, this.path);
  }

  files(): readonly File[] {
    return this.isCopy ? [new OpaqueFile(this.path, readInput(GitopsApp.of(this), this.origin, this.subject), { claimedBy: this.node.path })] : [];
  }

  kustomization(directory: Directory): KustomizationFile {
    const path = this.resourceFor(directory);
    return { resources: this.listed ? [path] : undefined, patches: this.isPatch ? [{ path, target: this.target }] : undefined };
  }

  private get subject(): string {
    return `EncryptedFile "${this.node.path}"`;
  }

  private checkContents(): UserError[] {
    const app = GitopsApp.of(this);
    const rule = SopsRules.ruleFor(app, this.path);
    try {
      const bytes = findInput(app, this.origin, this.subject);
      if (bytes !== undefined) return checkEncryption(this.origin, bytes.toString('utf8'), rule);
      return [new UserError('reference-invalid', `${this.subject} has no file ${this.origin}`, `create it with: ${createCommand(this.origin, rule)}`)];
    } catch (error) {
      if (UserError.is(error)) return [error];
      throw error;
    }
  }

  private checkDecryption(): UserError[] {
    return kustomizationsApplying(Directory.of(this)).filter(({ decrypts }) => !decrypts).map((kustomization) => new UserError(
      'decryption-missing',
      `FluxKustomization "${kustomization.node.path}" applies ${this.path}, which is encrypted, and does not decrypt it`,
      "give it decryption: { provider: 'sops' }, with a secretRef unless the controller has the key",
    ));
  }
}
