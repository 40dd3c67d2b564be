/**
 * A kustomization.yaml, in kustomize's own words.
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/
 */
export interface KustomizationFile {
  readonly namespace?: string;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly labels?: readonly KustomizeLabels[];
  /** Deprecated by kustomize, since it also changes selectors, which are immutable; `labels` is its successor. */
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  readonly patches?: readonly KustomizePatch[];
  readonly images?: readonly KustomizeImage[];
  readonly replicas?: readonly KustomizeReplicas[];
  readonly configMapGenerator?: readonly KustomizeGenerator[];
  readonly secretGenerator?: readonly KustomizeGenerator[];
  readonly generatorOptions?: KustomizeGeneratorOptions;
  readonly configurations?: readonly string[];
  readonly replacements?: readonly KustomizeReplacement[];
  readonly transformers?: readonly string[];
  readonly generators?: readonly string[];
  readonly validators?: readonly string[];
  readonly crds?: readonly string[];
  readonly openapi?: { readonly path: string };
  readonly buildMetadata?: readonly ('originAnnotations' | 'transformerAnnotations' | 'managedByLabel')[];
  readonly sortOptions?: { readonly order: 'legacy' | 'fifo'; readonly legacySortOptions?: { readonly orderFirst?: readonly string[]; readonly orderLast?: readonly string[] } };
}

export interface KustomizeLabels {
  readonly pairs: Readonly<Record<string, string>>;
  /** @default false */
  readonly includeSelectors?: boolean;
  /** @default false */
  readonly includeTemplates?: boolean;
  readonly fields?: readonly { readonly path: string; readonly kind?: string; readonly group?: string; readonly version?: string; readonly create?: boolean }[];
}

/** What a patch or replacement applies to. `name` and `namespace` are regular expressions, anchored by kustomize. */
export interface KustomizeTarget {
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly annotationSelector?: string;
}

export interface KustomizePatch {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: KustomizeTarget;
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean };
}

export interface KustomizeImage {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

export interface KustomizeReplicas {
  readonly name: string;
  readonly count: number;
}

export interface KustomizeGeneratorOptions {
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface KustomizeGenerator {
  readonly name: string;
  readonly namespace?: string;
  readonly behavior?: 'create' | 'replace' | 'merge';
  readonly type?: string;
  readonly files?: readonly string[];
  readonly envs?: readonly string[];
  readonly literals?: readonly string[];
  readonly options?: KustomizeGeneratorOptions;
}

export interface KustomizeReplacement {
  readonly path?: string;
  readonly source?: KustomizeTarget & { readonly fieldPath?: string; readonly options?: KustomizeFieldOptions };
  readonly sourceValue?: string;
  readonly targets?: readonly {
    readonly select: KustomizeTarget;
    readonly reject?: readonly KustomizeTarget[];
    readonly fieldPaths: readonly string[];
    readonly options?: KustomizeFieldOptions;
  }[];
}

export interface KustomizeFieldOptions {
  readonly delimiter?: string;
  readonly index?: number;
  readonly create?: boolean;
  readonly encoding?: string;
}

/** The order of fields that people expect: what it takes in, what it does to it. */
const FIELD_ORDER = [
  'namespace', 'namePrefix', 'nameSuffix', 'resources', 'components', 'configMapGenerator', 'secretGenerator', 'generatorOptions',
  'labels', 'commonLabels', 'commonAnnotations', 'images', 'replicas', 'patches', 'replacements', 'configurations', 'transformers', 'generators', 'validators',
  'crds', 'openapi', 'buildMetadata', 'sortOptions',
];

/** Parts of one file: lists and maps are joined, equal resources once; of two scalars the later wins. */
export function joinKustomizations(parts: readonly KustomizationFile[]): KustomizationFile {
  const joined: Record<string, unknown> = {};
  for (const part of parts) {
    for (const [field, value] of Object.entries(part) as [string, unknown][]) {
      const before = joined[field];
      if (Array.isArray(value) && Array.isArray(before)) for (const item of value) before.push(item);
      else if (value !== undefined) joined[field] = Array.isArray(value) ? [...(value as unknown[])] : isMap(value) && isMap(before) ? { ...before, ...value } : value;
    }
  }
  return joined;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The object that stands in the file. Its resources are sorted, so that moving lines of code moves none of the file; where
 * `sortOptions` says that their order counts, they keep it.
 */
export function kustomizationObject(file: KustomizationFile, kind: 'Kustomization' | 'Component'): Record<string, unknown> {
  const resources = file.resources === undefined ? undefined : [...new Set(file.resources)];
  if (file.sortOptions?.order !== 'fifo') resources?.sort();
  const fields: Record<string, unknown> = { ...file, resources };
  const ordered = [...FIELD_ORDER, ...Object.keys(fields).filter((field) => !FIELD_ORDER.includes(field))];
  return {
    apiVersion: kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1',
    kind,
    ...Object.fromEntries(ordered.filter((field) => fields[field] !== undefined && !isEmptyList(fields[field])).map((field) => [field, fields[field]])),
  };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
