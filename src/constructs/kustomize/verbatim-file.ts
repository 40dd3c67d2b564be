import { Construct } from 'constructs';
import { brand, hasBrand } from '../../app/brand';
import { Directory, type ResourceReference } from '../../app/directory';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { GitopsApp } from '../../app/gitops-app';
import { readInput } from '../../app/inputs';
import { UserError } from '../../errors';
import { OpaqueFile, type File } from '../../tree/file';
import { relativePath } from '../../tree/path';

export interface VerbatimFileProps {
  /** The file to copy, from the app's root. Either this or `content`. */
  readonly source?: string;

  /** What the file holds. Either this or `source`. */
  readonly content?: string | Uint8Array;

  /**
   * Where it lies, from its directory.
   * @default the construct's id
   */
  readonly path?: string;
}

/**
 * A file whose bytes are kept as they are, without a header: a generator's input, a dashboard, a transformer's configuration.
 * The directory's kustomization.yaml does not list it; a generator, `configurations` or `resources` names it.
 *
 * @example
 * const settings = new VerbatimFile(directory, 'settings.ini', { content: 'level=info\n' });
 * new ConfigMapGenerator(directory, 'settings', { files: [settings] });
 */
export class VerbatimFile extends Construct implements DirectoryContent, ResourceReference {
  static isVerbatimFile(value: unknown): value is VerbatimFile {
    return hasBrand(value, 'VerbatimFile');
  }

  /** From the root of the tree. */
  readonly path: string;
  private readonly bytes: Buffer;

  /** @throws UserError `value-invalid` unless exactly one of `source` and `content` is given; what reading `source` throws */
  constructor(scope: Construct, id: string, props: VerbatimFileProps) {
    super(scope, id);
    brand(this, 'VerbatimFile');
    declareContent(this);
    this.path = Directory.of(this).pathOf(props.path ?? id);
    if ((props.source === undefined) === (props.content === undefined)) {
      throw new UserError('value-invalid', `VerbatimFile "${this.node.path}" has ${props.source === undefined ? 'neither "source" nor "content"' : '"source" and "content"'}`, 'give it one of them');
    }
    this.bytes = props.content === undefined ? readInput(GitopsApp.of(this), props.source!, `VerbatimFile "${this.node.path}"`) : Buffer.from(props.content as string);
  }

  files(): readonly File[] {
    return [new OpaqueFile(this.path, this.bytes, { claimedBy: this.node.path })];
  }

  resourceFor(directory: Directory): string {
    return relativePath(directory.path, this.path);
  }
}
