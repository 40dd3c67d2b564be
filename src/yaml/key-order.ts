/** The keys that people look for first, by where a mapping stands; the author's order holds for all others. */
const IN_DOCUMENT = ['apiVersion', 'kind', 'metadata'];
const IN_METADATA = ['name', 'namespace'];
const IN_ITEM = ['name', 'op', 'path'];
const ELSEWHERE: readonly string[] = [];

/** The keys of a mapping as they are written. `under` is the key or index it stands at; undefined for a document. */
export function orderedKeys(value: Readonly<Record<string, unknown>>, under: string | number | undefined): string[] {
  const keys = Object.keys(value);
  const first = under === undefined ? IN_DOCUMENT : typeof under === 'number' ? IN_ITEM : under === 'metadata' ? IN_METADATA : ELSEWHERE;
  if (first.every((key, at) => keys[at] === key)) return keys;
  const leading = first.filter((key) => Object.hasOwn(value, key));
  return leading.every((key, at) => keys[at] === key) ? keys : [...leading, ...keys.filter((key) => !first.includes(key))];
}
