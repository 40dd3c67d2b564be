import { isDeepStrictEqual } from 'node:util';
import { isMapping, type Data } from '../model/fields';
import { identityKey, identityOf, identityTitle, type ObjectIdentity } from '../model/source-object';
import { expectedWithPlugin } from './expected-plugin';
import { REMOVED_FIELDS } from './flux-fields';

/** What a directory, or a Flux Kustomization, comes to. */
export interface RenderSide {
  readonly objects: readonly (ObjectIdentity & { readonly data: Data })[];
  readonly failure?: string;
}

/** The same with databases that archive by the plugin. */
export function withPlugin({ objects, failure }: RenderSide, archiving: ReadonlySet<string>): RenderSide {
  return { objects: expectedWithPlugin(objects.map(({ data }) => data), archiving).map((data) => ({ ...identityOf(data), data })), failure };
}

/** An object that is not the same before and after, but for what a release asks for. */
export interface RenderDifference {
  readonly title: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** How two renders differ, but for versions of Flux's kinds and fields that went with them. What was not built before may go on so. */
export function renderDifferences(before: RenderSide, after: RenderSide): RenderDifference[] {
  if (before.failure !== undefined || after.failure !== undefined) {
    return before.failure !== undefined && after.failure !== undefined ? [] : [{ title: 'the build', before: before.failure ?? 'builds', after: after.failure ?? 'builds' }];
  }
  const [was, is] = [byIdentity(before.objects), byIdentity(after.objects)]; // kustomize may sort by version, which Flux does not mind
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key): RenderDifference[] => {
    const [one, other] = [was.get(key), is.get(key)];
    const isSame = one !== undefined && other !== undefined && isDeepStrictEqual(versionless(one.data), versionless(other.data));
    return isSame ? [] : [{ title: identityTitle((one ?? other)!), before: one?.data, after: other?.data }];
  });
}

function byIdentity(objects: RenderSide['objects']): ReadonlyMap<string, RenderSide['objects'][number]> {
  const found = new Map<string, RenderSide['objects'][number]>();
  for (const object of objects) {
    let key = identityKey(object);
    while (found.has(key)) key += ' again';
    found.set(key, object);
  }
  return found;
}

/** An object without what may differ: versions of Flux's APIs, wherever they are written, and fields that newer ones do not have. */
function versionless(data: unknown): unknown {
  const plain = plainOf(data);
  if (!isMapping(plain)) return plain;
  forgetOrigin(plain);
  const key = `${String(plain['apiVersion']).split('/')[0]!}/${String(plain['kind'])}`;
  for (const { path, becomes } of REMOVED_FIELDS[key] ?? []) if (typeof becomes === 'string' || 'list' in becomes) forget(plain, path, typeof becomes === 'string' ? undefined : becomes.list);
  return plain;
}

/** Flux has kustomize note where objects come from while a directory has `bases` alone, and never beside `resources`. */
function forgetOrigin({ metadata }: Readonly<Record<string, unknown>>): void {
  if (!isMapping(metadata) || !isMapping(metadata['annotations'])) return;
  const { [ORIGIN]: _, ...annotations } = metadata['annotations'];
  const fields = metadata as Record<string, unknown>;
  if (Object.keys(annotations).length === 0) delete fields['annotations'];
  else fields['annotations'] = annotations;
}

const ORIGIN = 'config.kubernetes.io/origin';

/** A copy that may be changed. */
function plainOf(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/(\.toolkit\.fluxcd\.io)\/v\d\w*/g, '$1').replace(/(group: \S+\.toolkit\.fluxcd\.io\s+version: )v\d\w*/g, '$1');
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isMapping(value)) return value;
  const isFlux = typeof value['group'] === 'string' && value['group'].endsWith('.toolkit.fluxcd.io');
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, isFlux && name === 'version' ? '' : plainOf(item)]));
}

/** Takes a field out, and what it became. */
function forget(data: unknown, [step, ...rest]: readonly string[], successor: string | undefined): void {
  if (!isMapping(data)) return;
  if (rest.length > 0) return forget(data[step!], rest, successor);
  const fields = data as Record<string, unknown>;
  delete fields[step!];
  if (successor !== undefined) delete fields[successor];
}
