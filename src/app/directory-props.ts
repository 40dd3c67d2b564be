import type { Directory } from './directory';
import { generatorEntry, type FileReference, type GeneratorProps } from './generator';
import type { KustomizationFile } from './kustomization-file';

export interface DirectoryProps extends Omit<KustomizationFile, 'resources' | 'components' | GeneratorField | FileField> {
  /**
   * Where the directory lies, from its parent directory; for one directly in a cluster or in the app, from their directory.
   * @default the construct's id
   */
  readonly path?: string;

  /**
   * What its kustomization.yaml lists beside its own files: directories, upstream releases, URLs or paths from the directory.
   * @default only its own files
   */
  readonly resources?: readonly (Directory | ResourceReference | string)[];

  /** Components that its kustomization.yaml applies, in this order. */
  readonly components?: readonly (Directory | string)[];

  /** ConfigMaps that kustomize makes. Their files are paths or constructs of other directories; for its own, see `ConfigMapGenerator`. */
  readonly configMapGenerator?: readonly GeneratorProps[];

  /** Secrets that kustomize makes; for files of its own, see `SecretGenerator`. */
  readonly secretGenerator?: readonly GeneratorProps[];

  /** Files that tell kustomize's transformers about more fields; see `TransformerConfiguration`. */
  readonly configurations?: readonly FileReference[];

  /** Files or directories with transformers; see `Transformer`. */
  readonly transformers?: readonly FileReference[];

  /** Files or directories with generators that are plugins. */
  readonly generators?: readonly FileReference[];

  /** Files or directories with validators that are plugins. */
  readonly validators?: readonly FileReference[];

  /** OpenAPI files of custom resources. */
  readonly crds?: readonly FileReference[];

  /**
   * Whether it has a kustomization.yaml. Flux makes one up where none is: every YAML file below.
   * @default true
   */
  readonly hasKustomization?: boolean;

  /**
   * Substitution variables that may stand in its objects as `${NAME}`. The FluxKustomization that applies the directory has to set them.
   * @default those of its parent directory
   */
  readonly variables?: readonly string[];
}

/** Fields of kustomization.yaml that hold generators. */
type GeneratorField = 'configMapGenerator' | 'secretGenerator';

/** Fields of kustomization.yaml that list files. */
type FileField = 'configurations' | 'transformers' | 'generators' | 'validators' | 'crds';

/** Something that a kustomization.yaml can list and that is no directory, such as an upstream release. */
export interface ResourceReference {
  /** How `directory` names it in its `resources`. */
  resourceFor(directory: Directory): string;
}

/** What the props say of the directory's kustomization.yaml. */
export function kustomizationFrom(directory: Directory, props: DirectoryProps): KustomizationFile {
  const { path, hasKustomization, variables, resources, components, configMapGenerator, secretGenerator, ...rest } = props;
  void [path, hasKustomization, variables];
  const { configurations, transformers, generators, validators, crds, ...fields } = rest;
  const files = (references: readonly FileReference[] | undefined): string[] | undefined => references?.map((file) => directory.reference(file));
  return {
    ...fields,
    resources: resources?.map((resource) => directory.reference(resource)),
    components: components?.map((component) => directory.reference(component)),
    configMapGenerator: configMapGenerator?.map((generator) => generatorEntry(directory, generator)),
    secretGenerator: secretGenerator?.map((generator) => generatorEntry(directory, generator)),
    configurations: files(configurations),
    transformers: files(transformers),
    generators: files(generators),
    validators: files(validators),
    crds: files(crds),
  };
}
