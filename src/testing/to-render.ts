import { identityTitle } from '../model/source-object';
import type { AppliedObject } from '../model/applied-object';
import { nearestTo } from '../nearest';
import { readDocuments } from '../yaml/read';
import type { MatchResult } from './match-result';
import { objectDifferences, partDifferences } from './object-differences';
import { fromFolder, subjectOf } from './subject';
import { testRenderer } from './test-renderer';

/**
 * What kustomize has to make of a directory: YAML text that is the whole render, in any order; or, by `Kind name` or
 * `Kind namespace/name`, parts of objects, and null for one that must not be there.
 */
export type ExpectedRender = string | Readonly<Record<string, object | null>>;

/** @param directory from the received directory or the root; for a Directory, '' is itself */
export async function toRender(received: unknown, directory: string, expected: ExpectedRender): Promise<MatchResult> {
  const subject = subjectOf(received);
  const path = fromFolder(subject, directory);
  const { objects, failure } = await (await testRenderer(subject.tree)).directory(path);
  if (failure !== undefined) return { pass: false, message: () => `${path} cannot be built: ${failure}` };
  const problems = typeof expected === 'string' ? wholeDifferences(expected, objects) : Object.entries(expected).flatMap(([title, part]) => partOf(title, part, objects));
  return {
    pass: problems.length === 0,
    message: () => (problems.length === 0 ? `expected ${path} not to render like this` : `${path} renders other objects:\n${problems.join('\n')}`),
  };
}

function wholeDifferences(expected: string, objects: readonly AppliedObject[]): string[] {
  const wanted = new Map(readDocuments(expected, 'the expected render').documents.flatMap(({ object }) => (object === null ? [] : [[titleOf(object), object]])));
  const found = new Map(objects.map((object) => [identityTitle(object), object.data]));
  return [
    ...[...wanted].flatMap(([title, object]) => (found.has(title) ? indented(title, objectDifferences(object, found.get(title))) : [`${title} is missing`])),
    ...[...found.keys()].filter((title) => !wanted.has(title)).map((title) => `${title} is not expected`),
  ];
}

function partOf(title: string, part: object | null, objects: readonly AppliedObject[]): string[] {
  const matching = objects.filter((object) => identityTitle(object) === title || `${object.kind} ${object.name}` === title);
  if (part === null) return matching.length === 0 ? [] : [`${title} is there, and should not be`];
  const [found] = matching;
  if (found === undefined) {
    const nearest = nearestTo(title, objects.map(identityTitle));
    return [`${title} is missing${nearest === undefined ? '' : `; did you mean ${nearest}?`}`];
  }
  return indented(title, partDifferences(part, found.data));
}

function indented(title: string, differences: readonly string[]): string[] {
  return differences.length === 0 ? [] : [`${title} differs:\n${differences.join('\n')}`];
}

function titleOf(object: unknown): string {
  const { kind, metadata } = object as { kind?: string; metadata?: { namespace?: string; name?: string } };
  return identityTitle({ apiVersion: '', group: '', kind: kind ?? '', namespace: metadata?.namespace, name: metadata?.name ?? '' });
}
