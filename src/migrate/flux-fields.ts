/** What becomes of a field that the newest version of a kind does not have. */
export interface RemovedField {
  /** From the object down; `[]` is every item of a list. */
  readonly path: readonly string[];
  /** `drop` for one that Flux has not read for long, `list` for one that became the first item of a list, else what to do by hand. */
  readonly becomes: 'drop' | { readonly list: string } | { readonly byHand: string };
}

const PATCHES = 'write them under "patches", each as a text with its target';

/**
 * Fields of Flux's objects that went with an older version.
 * @see https://github.com/fluxcd/flux2/releases - the upgrade notes of 2.0 to 2.7
 */
export const REMOVED_FIELDS: Readonly<Record<string, readonly RemovedField[]>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': [
    { path: ['spec', 'validation'], becomes: 'drop' },
    { path: ['spec', 'patchesStrategicMerge'], becomes: { byHand: PATCHES } },
    { path: ['spec', 'patchesJson6902'], becomes: { byHand: PATCHES } },
  ],
  'source.toolkit.fluxcd.io/GitRepository': [
    { path: ['spec', 'gitImplementation'], becomes: 'drop' },
    { path: ['spec', 'accessFrom'], becomes: 'drop' },
  ],
  'helm.toolkit.fluxcd.io/HelmRelease': [
    { path: ['spec', 'chart', 'spec', 'valuesFile'], becomes: { list: 'valuesFiles' } },
    { path: ['spec', 'postRenderers', '[]', 'kustomize', 'patchesStrategicMerge'], becomes: { byHand: PATCHES } },
    { path: ['spec', 'postRenderers', '[]', 'kustomize', 'patchesJson6902'], becomes: { byHand: PATCHES } },
  ],
};
