import { Construct } from 'constructs';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import type { Directory } from '../../app/directory';
import { generatorEntry, type GeneratorProps } from '../../app/generator';
import type { KustomizationFile } from '../../app/kustomization-file';
import { addModelCheck } from '../../app/model-check';
import { UserError } from '../../errors';
import { VerbatimFile } from './verbatim-file';

export interface SecretGeneratorProps extends Omit<GeneratorProps, 'name'> {
  /**
   * The name without the hash, by which other objects refer to it.
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * Why its files may stand in Git for everybody to read: they hold placeholders, or settings that a chart wants in a Secret.
   * @default they may not: synthesis fails for a file that is not encrypted
   */
  readonly plaintextReason?: string;
}

/**
 * A Secret that kustomize makes from files or literals, with a hash of its contents in its name. What it is made from is
 * committed: name an `EncryptedFile`, which Flux decrypts before it builds.
 *
 * @example
 * const relay = new EncryptedFile(directory, 'relay.enc.env');
 * new SecretGenerator(directory, 'relay', { envs: [relay] });
 */
export class SecretGenerator extends Construct implements DirectoryContent {
  readonly name: string;

  constructor(scope: Construct, id: string, private readonly props: SecretGeneratorProps) {
    super(scope, id);
    declareContent(this);
    this.name = props.name ?? id;
    addModelCheck(this, () => this.plaintextFiles());
  }

  kustomization(directory: Directory): KustomizationFile {
    const { plaintextReason: _, ...generator } = this.props;
    return { secretGenerator: [generatorEntry(directory, { ...generator, name: this.name })] };
  }

  private plaintextFiles(): UserError[] {
    const { files = [], envs = [], plaintextReason } = this.props;
    if (plaintextReason) return [];
    const plaintext = [...Object.values(files), ...envs].filter(VerbatimFile.isVerbatimFile);
    return plaintext.map(({ path }) => new UserError('secret-in-plaintext', `SecretGenerator "${this.node.path}" reads ${path}, which everybody can read in Git`, 'encrypt it with sops and use EncryptedFile, or say why everybody may: plaintextReason: …'));
  }
}
