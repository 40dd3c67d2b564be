/** The fields of a kustomization.yaml, as kustomize 5 reads it. */
export const KUSTOMIZATION_FIELDS: ReadonlySet<string> = new Set([
  'apiVersion', 'kind', 'metadata', 'openapi', 'namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels', 'commonAnnotations',
  'patchesStrategicMerge', 'patchesJson6902', 'patches', 'images', 'imageTags', 'replacements', 'replicas', 'vars', 'sortOptions',
  'resources', 'components', 'crds', 'bases', 'configMapGenerator', 'secretGenerator', 'helmGlobals', 'helmCharts',
  'helmChartInflationGenerator', 'generatorOptions', 'configurations', 'generators', 'transformers', 'validators', 'buildMetadata',
]);

const PATCH = ['path', 'patch', 'target', 'options'];
const CONFIG_MAP = ['namespace', 'name', 'behavior', 'literals', 'files', 'envs', 'env', 'options'];
const IMAGE = ['name', 'newName', 'newTag', 'tagSuffix', 'digest'];

/** The fields of the entries of its lists, of those that people write by hand. */
export const ENTRY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  patches: PATCH,
  patchesJson6902: PATCH,
  configMapGenerator: CONFIG_MAP,
  secretGenerator: [...CONFIG_MAP, 'type'],
  images: IMAGE,
  labels: ['pairs', 'includeSelectors', 'includeTemplates', 'fields'],
  replicas: ['name', 'count'],
  replacements: ['path', 'source', 'targets'],
};
