import type { Finding } from './finding';
import type { Report, Rule, Severity } from './rule';

/** A finding, with the rule and the report that it comes from. */
export interface Reported {
  readonly rule: Rule;
  readonly report: Report;
  readonly finding: Finding;
}

/**
 * Takes out what a sharper rule says as well: at the same line, of an object that is spoilt, or in a file that the report is
 * about. A notice is no substitute for an error.
 */
export function withoutRepetitions(reported: readonly Reported[]): Reported[] {
  const byLine = new Map<string, Finding[]>();
  const byFile = new Map<string, Finding[]>();
  const byObject = new Map<string, Finding[]>();
  const sharper = new Set(reported.flatMap(({ rule }) => rule.yieldsTo ?? []));
  for (const { rule, finding } of reported) {
    if (!sharper.has(finding.rule)) continue;
    enter(byLine, `${finding.file}:${finding.line}`, finding);
    enter(byFile, finding.file, finding);
    if (rule.spoilsObject === true) enter(byObject, `${finding.file}:${finding.object ?? ''}`, finding);
  }
  return reported.filter(({ rule: { yieldsTo = [] }, report: { about = [] }, finding }) => {
    if (yieldsTo.length === 0) return true;
    const near = [...(byLine.get(`${finding.file}:${finding.line}`) ?? []), ...(byObject.get(`${finding.file}:${finding.object ?? ''}`) ?? []), ...[...about].flatMap((file) => byFile.get(file) ?? [])];
    return !near.some((other) => yieldsTo.includes(other.rule) && RANK[other.severity] >= RANK[finding.severity]);
  });
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, notice: 0 };

function enter(found: Map<string, Finding[]>, key: string, finding: Finding): void {
  const same = found.get(key);
  if (same === undefined) found.set(key, [finding]);
  else same.push(finding);
}
