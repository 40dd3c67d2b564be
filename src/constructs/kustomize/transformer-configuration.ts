import { Construct } from 'constructs';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import type { Directory } from '../../app/directory';
import { GitopsApp } from '../../app/gitops-app';
import type { KustomizationFile } from '../../app/kustomization-file';
import { ManifestFile, type File } from '../../tree/file';
import { generatedHeader } from '../../tree/header';

/** A field of objects: `path` is its keys, joined by `/`. */
export interface FieldSpec {
  readonly path: string;
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  /** Whether the field is made where it is missing. */
  readonly create?: boolean;
}

/** The kind of objects whose names, when kustomize changes them, are changed in these fields, too. */
export interface NameBackReference {
  readonly group?: string;
  readonly version?: string;
  readonly kind: string;
  readonly fieldSpecs: readonly FieldSpec[];
}

export interface TransformerConfigurationProps {
  /** Where names are referred to. */
  readonly nameReference?: readonly NameBackReference[];
  readonly namePrefix?: readonly FieldSpec[];
  readonly nameSuffix?: readonly FieldSpec[];
  readonly namespace?: readonly FieldSpec[];
  readonly commonLabels?: readonly FieldSpec[];
  readonly commonAnnotations?: readonly FieldSpec[];
  readonly images?: readonly FieldSpec[];
  readonly replicas?: readonly FieldSpec[];

  /**
   * Its file, from the directory.
   * @default "<id>.yaml"
   */
  readonly path?: string;
}

/**
 * More fields that kustomize's transformers change, in kinds that kustomize does not know.
 *
 * @example
 * // a HelmRelease follows the hashed name of its values
 * new TransformerConfiguration(directory, 'name-references', {
 *   nameReference: [{ kind: 'ConfigMap', version: 'v1', fieldSpecs: [{ kind: 'HelmRelease', path: 'spec/valuesFrom/name' }] }],
 * });
 */
export class TransformerConfiguration extends Construct implements DirectoryContent {
  constructor(scope: Construct, id: string, private readonly props: TransformerConfigurationProps) {
    super(scope, id);
    declareContent(this);
  }

  files(directory: Directory): readonly File[] {
    const { path: _, ...fields } = this.props;
    const path = directory.pathOf(this.path);
    return [ManifestFile.fromObjects(path, [fields], [generatedHeader(GitopsApp.of(this).name, path)], { claimedBy: this.node.path })];
  }

  kustomization(): KustomizationFile {
    return { configurations: [this.path] };
  }

  private get path(): string {
    return this.props.path ?? `${this.node.id}.yaml`;
  }
}
