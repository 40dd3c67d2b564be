import { ManifestFile } from '../tree/file';
import { objectKey, objectTitle } from '../tree/object-key';

/**
 * Which fields of a file's objects differ between two texts, by their paths, and which objects came and went; what cannot be
 * read is not compared. List items go by their name or another key, or are told by their value: `resources: + sync.yaml`.
 */
export function changedFields(path: string, before: string, after: string): string[] {
  try {
    const [old, now] = [before, after].map((text) => objectsOf(path, text)) as [Titled[], Titled[]];
    const same = match(old, now, ({ key }) => key);
    const moved = match(same.removed, same.added, ({ title }) => title); // to another namespace or API group
    const isSingle = old.length === 1 && now.length === 1;
    return [
      ...[...same.pairs, ...moved.pairs].flatMap(([was, is]) => differing(was.object, is.object).map((field) => (isSingle ? field : `${is.title} ${field}`))),
      ...moved.removed.map(({ title }) => `${title} removed`),
      ...moved.added.map(({ title }) => `${title} added`),
    ];
  } catch {
    return [];
  }
}

interface Titled {
  readonly key: string;
  readonly title: string;
  readonly object: unknown;
}

function objectsOf(path: string, text: string): Titled[] {
  const objects = ManifestFile.fromText(path, text).documents.map(({ object }) => object).filter((object) => object !== null);
  return objects.map((object) => ({ key: objectKey(object, path), title: objectTitle(object, path), object }));
}

interface Match<T> {
  readonly pairs: readonly (readonly [was: T, is: T])[];
  readonly removed: readonly T[];
  readonly added: readonly T[];
}

/** Pairs the items of two lists that have the same identity; of several, each with one. */
function match<T>(old: readonly T[], now: readonly T[], identity: (item: T) => unknown): Match<T> {
  const waiting = new Map<unknown, T[]>();
  for (const item of old) {
    const others = waiting.get(identity(item));
    if (others === undefined) waiting.set(identity(item), [item]);
    else others.push(item);
  }
  const pairs: [T, T][] = [];
  const added: T[] = [];
  for (const is of now) {
    const was = waiting.get(identity(is))?.shift();
    if (was === undefined) added.push(is);
    else pairs.push([was, is]);
  }
  return { pairs, removed: [...waiting.values()].flat(), added };
}

function differing(was: unknown, is: unknown, path = ''): string[] {
  if (Object.is(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is)) return differingItems(was, is, path);
  if (isMap(was) && isMap(is)) return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((key) => differing(was[key], is[key], path === '' ? key : `${path}.${key}`));
  return [path];
}

function differingItems(was: readonly unknown[], is: readonly unknown[], path: string): string[] {
  const key = keyOf(was, is);
  const { pairs, removed, added } = match(was, is, key === undefined ? (item) => JSON.stringify(item) : (item) => (item as Fields)[key]);
  const step = (item: unknown): string => `${path}[${key === undefined ? is.indexOf(item) : `${key}=${String((item as Fields)[key])}`}]`;
  if (key === undefined && removed.length === added.length && removed.every(isMap) && added.every(isMap)) {
    return added.length === 0 ? reordered(pairs, was, path) : added.flatMap((item, index) => differing(removed[index], item, step(item)));
  }
  const fields = [
    ...pairs.flatMap(([old, now]) => differing(old, now, step(now))),
    ...removed.map((item) => `${path}: - ${shown(item, key)}`),
    ...added.map((item) => `${path}: + ${shown(item, key)}`),
  ];
  return fields.length === 0 ? reordered(pairs, was, path) : fields;
}

function reordered(pairs: Match<unknown>['pairs'], was: readonly unknown[], path: string): string[] {
  return pairs.every(([old], index) => old === was[index]) ? [] : [`${path} (order)`];
}

/** Fields that tell the items of a list apart, in Kubernetes' lists and in kustomize's and Flux's. */
const KEYS = ['name', 'path', 'mountPath', 'devicePath', 'containerPort', 'port', 'topologyKey', 'key', 'host', 'ip'];

function keyOf(was: readonly unknown[], is: readonly unknown[]): string | undefined {
  if (was.length + is.length === 0) return undefined;
  return KEYS.find((key) => [was, is].every((list) => {
    const values = list.map((item) => (isMap(item) ? item[key] : undefined));
    return new Set(values).size === list.length && values.every((value) => typeof value === 'string' || typeof value === 'number');
  }));
}

const LONGEST = 60;

function shown(item: unknown, key: string | undefined): string {
  const value = key === undefined ? item : (item as Fields)[key];
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\n', ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

type Fields = Readonly<Record<string, unknown>>;

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
