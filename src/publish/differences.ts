import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { ManifestFile } from '../tree/file';

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
