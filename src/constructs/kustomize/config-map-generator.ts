import { Construct } from 'constructs';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import type { Directory } from '../../app/directory';
import { generatorEntry, type GeneratorProps } from '../../app/generator';
import type { KustomizationFile } from '../../app/kustomization-file';

export interface ConfigMapGeneratorProps extends Omit<GeneratorProps, 'name' | 'type'> {
  /**
   * The name without the hash, by which other objects refer to it.
   * @default the construct's id
   */
  readonly name?: string;
}

/**
 * A ConfigMap that kustomize makes from files or literals, with a hash of its contents in its name.
 *
 * @example
 * const settings = new VerbatimFile(directory, 'settings.ini', { content: 'level=info\n' });
 * new ConfigMapGenerator(directory, 'settings', { files: [settings] });
 */
export class ConfigMapGenerator extends Construct implements DirectoryContent {
  readonly name: string;

  constructor(scope: Construct, id: string, private readonly props: ConfigMapGeneratorProps) {
    super(scope, id);
    declareContent(this);
    this.name = props.name ?? id;
  }

  kustomization(directory: Directory): KustomizationFile {
    return { configMapGenerator: [generatorEntry(directory, { ...this.props, name: this.name })] };
  }
}
