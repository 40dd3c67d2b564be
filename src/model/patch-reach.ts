import { at, listAt, mapping, textAt, type Data } from './fields';
import type { FluxKustomization } from './flux-kustomization';
import { isKustomizationPath, resolveTarget } from './kustomization-file';
import type { Repository } from './repository';
import type { ObjectIdentity } from './source-object';

interface Patch {
  readonly target: Data | undefined;
  readonly text: string;
}

const known = new WeakMap<FluxKustomization, readonly Patch[]>();

/**
 * Whether a patch may change a field of an object on its way into the cluster, as far as that shows without rendering: by
 * the kinds and names that patches select and the fields that they mention. `field` is the last key of its path.
 */
export function mayBePatched(repository: Repository, applier: FluxKustomization | undefined, object: Pick<ObjectIdentity, 'kind' | 'name'>, field: string): boolean {
  if (applier === undefined) return false;
  let patches = known.get(applier);
  if (patches === undefined) known.set(applier, (patches = patchesOf(repository, applier)));
  return patches.some((patch) => selects(patch, object) && mentions(patch.text, field));
}

function patchesOf(repository: Repository, applier: FluxKustomization): Patch[] {
  const own = listAt(applier.data, 'spec.patches').map((patch): Patch => ({ target: targetOf(patch), text: textAt(patch, 'patch') ?? '' }));
  const inFiles = [...applier.files].filter(isKustomizationPath).flatMap((path) => {
    const directory = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const data = repository.kustomizations.get(directory)?.data;
    return data === undefined ? [] : patchesIn(repository, directory, data);
  });
  return [...own, ...inFiles];
}

function patchesIn(repository: Repository, directory: string, data: Data): Patch[] {
  const textOf = (target: string): string => {
    const file = repository.tree.get(resolveTarget(directory, target) ?? '');
    return file?.type === 'manifests' ? file.text : target;
  };
  return [
    ...[...listAt(data, 'patches'), ...listAt(data, 'patchesJson6902')].map((patch) => ({ target: targetOf(patch), text: textAt(patch, 'patch') ?? textOf(textAt(patch, 'path') ?? '') })),
    ...listAt(data, 'patchesStrategicMerge').map((patch) => ({ target: undefined, text: typeof patch === 'string' ? textOf(patch) : '' })),
    ...[...listAt(data, 'replacements'), ...listAt(data, 'transformers')].map((entry) => ({ target: {}, text: typeof entry === 'string' ? textOf(entry) : JSON.stringify(entry) })),
  ];
}

function targetOf(patch: unknown): Data | undefined {
  const target = at(patch, 'target');
  return target === undefined || target === null ? undefined : mapping(target);
}

/** Labels and annotations are not looked at: what they might select counts as selected. */
function selects({ target, text }: Patch, { kind, name }: Pick<ObjectIdentity, 'kind' | 'name'>): boolean {
  if (target !== undefined) return matches(textAt(target, 'kind'), kind) && matches(textAt(target, 'name'), name);
  return new RegExp(`^\\s*["']?kind["']?:\\s*["']?${escaped(kind)}["']?\\s*(#|$)`, 'm').test(text);
}

function matches(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined || pattern === value) return true;
  // a pattern is the user's own, and may be slow or none: whatever is not a plain name may match
  return /[^\w.-]/.test(pattern);
}

function mentions(text: string, field: string): boolean {
  const operations = /(^|[\s{,[-])["']?op["']?:/m.test(text);
  return new RegExp(operations ? `/${escaped(field)}(["'/\\s,]|$)|^\\s+path: ["']?/spec["']?\\s*$` : `(^|[\\s{,"'-])${escaped(field)}["']?:`, 'm').test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
