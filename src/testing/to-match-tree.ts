import type { File } from '../tree/file';
import { nearestTo } from '../nearest';
import { readDocuments } from '../yaml/read';
import type { MatchResult } from './match-result';
import { objectDifferences } from './object-differences';
import { fromFolder, subjectOf } from './subject';

/**
 * What files have to hold: YAML text, an object or several, which are compared as data; null for a file that must not be
 * there. Paths are from the directory, or from the root of the tree. Files that are not named may hold anything.
 */
export type ExpectedFiles = Readonly<Record<string, string | object | readonly object[] | null>>;

export function toMatchTree(received: unknown, expected: ExpectedFiles): MatchResult {
  const subject = subjectOf(received);
  const problems = Object.entries(expected).flatMap(([name, content]) => {
    const path = fromFolder(subject, name);
    const file = subject.tree.get(path);
    if (content === null) return file === undefined ? [] : [`${path} is there, and should not be`];
    if (file === undefined) {
      const nearest = nearestTo(path, subject.tree.paths());
      return [`${path} is not there${nearest === undefined ? '' : `; did you mean ${nearest}?`}`];
    }
    const differences = fileDifferences(content, file);
    return differences.length === 0 ? [] : [`${path} differs:\n${differences.join('\n')}`];
  });
  return {
    pass: problems.length === 0,
    message: () => (problems.length === 0 ? `expected the tree not to hold ${Object.keys(expected).join(', ')} like this` : problems.join('\n')),
  };
}

function fileDifferences(expected: string | object | readonly object[], file: File): string[] {
  if (file.type === 'opaque') return typeof expected === 'string' && file.bytes.toString('utf8') === expected ? [] : ['  its bytes are others'];
  const wanted = typeof expected === 'string' ? readDocuments(expected, 'the expected text').documents.map(({ object }) => object) : Array.isArray(expected) ? expected : [expected];
  const found = file.documents.map(({ object }) => object);
  return wanted.length === 1 && found.length === 1 ? objectDifferences(wanted[0], found[0]) : objectDifferences(wanted, found);
}
