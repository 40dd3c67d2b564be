import { Construct } from 'constructs';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import type { Directory } from '../../app/directory';
import { GitopsApp } from '../../app/gitops-app';
import type { KustomizationFile } from '../../app/kustomization-file';
import { ManifestFile, type File } from '../../tree/file';
import { generatedHeader } from '../../tree/header';

export interface TransformerProps {
  /** What it does, such as `LabelTransformer` or `PrefixSuffixTransformer`. */
  readonly kind: string;

  /**
   * Who does it: `builtin` is kustomize itself.
   * @default "builtin"
   */
  readonly apiVersion?: string;

  /**
   * Its name, which nothing refers to.
   * @default the construct's id
   */
  readonly name?: string;

  /** What stands beside apiVersion, kind and metadata, such as `fieldSpecs`. */
  readonly fields: Readonly<Record<string, unknown>>;

  /**
   * Its file, from the directory.
   * @default "<id>.yaml"
   */
  readonly path?: string;
}

/**
 * A kustomize transformer as an object, which says more exactly than the fields of kustomization.yaml what it changes.
 *
 * @example
 * new Transformer(overlay, 'suffix', { kind: 'PrefixSuffixTransformer', fields: { suffix: '-eu', fieldSpecs: [{ kind: 'Service', path: 'metadata/name' }] } });
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/examples/configureBuiltinPlugin.md
 */
export class Transformer extends Construct implements DirectoryContent {
  constructor(scope: Construct, id: string, private readonly props: TransformerProps) {
    super(scope, id);
    declareContent(this);
  }

  files(directory: Directory): readonly File[] {
    const { apiVersion = 'builtin', kind, name = this.node.id, fields } = this.props;
    const path = directory.pathOf(this.path);
    const object = { apiVersion, kind, metadata: { name }, ...fields };
    return [ManifestFile.fromObjects(path, [object], [generatedHeader(GitopsApp.of(this).name, path)], { claimedBy: this.node.path })];
  }

  kustomization(): KustomizationFile {
    return { transformers: [this.path] };
  }

  private get path(): string {
    return this.props.path ?? `${this.node.id}.yaml`;
  }
}
