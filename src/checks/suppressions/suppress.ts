import type { AppliedObject } from '../../model/applied-object';
import type { LineFinder } from '../../model/line-finder';
import type { SourceObject } from '../../model/source-object';
import type { CheckContext } from '../check-context';
import type { IgnoredFinding } from '../check-settings';
import type { Finding } from '../finding';
import { SETTINGS_FILE } from '../read-settings';
import type { Rule } from '../rule';
import { annotatedObjects, ignoreAnnotationOf, type AnnotatedObject } from './annotated-objects';
import { parseIgnoreAnnotation, type Suppression } from './ignore-annotation';
import { ignoresFor } from './ignored-by-settings';
import { invalidSuppression } from './invalid-suppression';
import { unusedSuppression } from './unused-suppression';

/** A finding, with the object that it is about. */
export interface Found {
  readonly finding: Finding;
  readonly object: AppliedObject | SourceObject | undefined;
}

interface Kept {
  readonly findings: readonly Finding[];
  readonly suppressed: number;
}

/** An annotation, read. */
interface Request extends AnnotatedObject {
  readonly suppressions: readonly Suppression[];
}

interface Requests {
  readonly all: readonly Request[];
  readonly byFile: ReadonlyMap<string, readonly Request[]>;
}

/**
 * Takes out what the project has chosen to live with, and adds what is wrong with that choice: a suppression that cannot be
 * read, and one that nothing falls under any more.
 * @param ruleIds every rule that there is, whether it was run or not
 */
export function suppress(found: readonly Found[], { repository, settings }: CheckContext, lines: LineFinder, ran: readonly Rule[], ruleIds: readonly string[]): Kept {
  const annotated = annotatedObjects(repository, lines);
  const requests = annotated.map((object): Request => ({ ...object, suppressions: parseIgnoreAnnotation(object.text, ruleIds).suppressions }));
  const byFile = new Map<string, Request[]>();
  for (const request of requests) byFile.set(request.file, [...(byFile.get(request.file) ?? []), request]);
  const used = new Set<Suppression | IgnoredFinding>();
  const kept = found.filter((one) => {
    const reasons = [...askedFor(one, { all: requests, byFile }, ruleIds), ...ignoresFor(one.finding, settings)];
    for (const reason of reasons) used.add(reason);
    return reasons.length === 0;
  });
  const has = (rule: string): boolean => ran.some(({ id }) => id === rule);
  const invalid = has(invalidSuppression.id) ? annotated.flatMap((object) => invalidIn(object, ruleIds)) : [];
  const unused = !has(unusedSuppression.id) ? [] : [
    ...requests.flatMap((request) => request.suppressions.filter((one) => has(one.rule) && !used.has(one)).map((one) => unusedAt(request.file, request.line, one, titleOf(request)))),
    ...settings.ignore.flatMap((entry, index) => (has(entry.rule) && !used.has(entry) ? unusedAt(SETTINGS_FILE, lines.lineOf(SETTINGS_FILE, 0, ['checks', 'ignore', index]), entry) : [])),
  ];
  return { findings: [...kept.map(({ finding }) => finding), ...invalid, ...unused], suppressed: found.length - kept.length };
}

/** The suppressions that cover a finding: by where it stands, or by its object, which a patch may have annotated. */
function askedFor({ finding: { rule, file, line }, object }: Found, { all, byFile }: Requests, ruleIds: readonly string[]): Suppression[] {
  const covering = (byFile.get(file) ?? []).filter(({ from, to }) => from <= line && line <= to);
  const asked = object === undefined ? undefined : ignoreAnnotationOf(object.data);
  const own = asked === undefined ? [] : parseIgnoreAnnotation(asked, ruleIds).suppressions.filter((one) => one.rule === rule);
  const carried = own.length === 0 ? [] : all.filter(({ kind, name }) => kind === object!.kind && name === object!.name).flatMap(({ suppressions }) => suppressions.filter(({ reason }) => own.some((one) => one.reason === reason)));
  return [...own, ...[...covering.flatMap(({ suppressions }) => suppressions), ...carried].filter((one) => one.rule === rule)];
}

function invalidIn(object: AnnotatedObject, ruleIds: readonly string[]): Finding[] {
  return parseIgnoreAnnotation(object.text, ruleIds).problems.map(({ message, fix }) => ({
    rule: invalidSuppression.id, severity: invalidSuppression.severity, file: object.file, line: object.line, object: titleOf(object), message, fix, in: [],
  }));
}

function unusedAt(file: string, line: number, { rule, reason }: { readonly rule: string; readonly reason: string }, object?: string): Finding {
  const { id, severity, fix } = unusedSuppression;
  return { rule: id, severity, file, line, object, message: `${rule} finds nothing here any more that "${reason}" would excuse`, fix, in: [] };
}

function titleOf({ kind, name }: AnnotatedObject): string | undefined {
  return kind === '' || name === '' ? undefined : `${kind} ${name}`;
}
