import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { ManifestFile } from '../tree/file';
import { objectKey, objectTitle } from '../tree/object-key';
import { pathStep } from '../yaml/write';

/** Which fields of a file's objects differ between two texts, by their paths; what cannot be read is not compared. */
export function changedFields(path: string, before: string, after: string): string[] {
  try {
    const [old, now] = [before, after].map((text) => objectsOf(path, text)) as [Map<string, Titled>, Map<string, Titled>];
    const isSingle = old.size <= 1 && now.size <= 1;
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
      const [was, is] = [old.get(key), now.get(key)];
      const title = isSingle ? '' : `${(was ?? is)!.title} `;
      if (was === undefined) return [`${title}added`.trim()];
      if (is === undefined) return [`${title}removed`.trim()];
      return differing(was.object, is.object).map((field) => `${title}${field}`);
    });
  } catch {
    return [];
  }
}

/** Whether two texts hold the same objects in the same order. */
export function sameObjects(path: string, a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => ManifestFile.fromText(path, text).documents.map(({ object }) => object).filter((object) => object !== null));
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** As `diff -u` and Git show it; `undefined` is a file that is not there. */
export function unifiedDiff(path: string, before: Buffer | undefined, after: Buffer | undefined): string {
  const [old, now] = [before === undefined ? '/dev/null' : `a/${path}`, after === undefined ? '/dev/null' : `b/${path}`];
  if (isBinary(before) || isBinary(after)) return `Binary files ${old} and ${now} differ\n`;
  return createTwoFilesPatch(old, now, before?.toString('utf8') ?? '', after?.toString('utf8') ?? '', undefined, undefined, { context: 3, headerOptions: FILE_HEADERS_ONLY });
}

interface Titled {
  readonly title: string;
  readonly object: unknown;
}

function objectsOf(path: string, text: string): Map<string, Titled> {
  const found = new Map<string, Titled>();
  for (const { object } of ManifestFile.fromText(path, text).documents) {
    const key = objectKey(object, path);
    found.set(found.has(key) ? `${key}#${found.size}` : key, { title: objectTitle(object, path), object });
  }
  return found;
}

function differing(was: unknown, is: unknown, path = ''): string[] {
  if (Object.is(was, is)) return [];
  if (isContainer(was) && isContainer(is) && Array.isArray(was) === Array.isArray(is)) {
    const [old, now] = [steps(was), steps(is)];
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((step) => differing(old.get(step), now.get(step), path + step));
  }
  return [path.replace(/^\./, '')];
}

function steps(container: object): Map<string, unknown> {
  const keys: (string | number)[] = Array.isArray(container) ? [...container.keys()] : Object.keys(container);
  return new Map(keys.map((key) => [pathStep(container, key), (container as Record<string | number, unknown>)[key]]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isBinary(bytes: Buffer | undefined): boolean {
  return bytes !== undefined && bytes.subarray(0, 8_000).includes(0);
}
