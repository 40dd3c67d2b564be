import type { CheckResult, Finding } from '../finding';
import type { Rule, Severity } from '../rule';

/** What a format is made from. */
export interface CheckReport {
  readonly result: CheckResult;
  /** Every rule that there is. */
  readonly rules: readonly Rule[];
  /** What stands in a line of a file, if that is known. */
  readonly lineAt: (file: string, line: number) => string | undefined;
  /** Where the tree's root lies in the repository of Git: '' at its top. Other programs take paths from there. */
  readonly prefix: string;
  /** The version of fluxwright. */
  readonly version: string;
  /** Whether the reader is a terminal that knows colours. */
  readonly colours: boolean;
}

/** Makes the whole text of one output, without a line end behind it. */
export type Formatter = (report: CheckReport) => string;

/** The path of a file, as other programs know it. */
export function repositoryPath({ prefix }: CheckReport, file: string): string {
  return prefix === '' || isUrl(file) ? file : `${prefix}/${file}`;
}

/** Findings about an object that kustomize fetches stand in no file of the tree. */
export function isUrl(file: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(file);
}

/** Findings of one file after the other, in the order in which they come. */
export function findingsByFile(findings: readonly Finding[]): { readonly file: string; readonly findings: readonly Finding[] }[] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const known = files.get(finding.file);
    if (known === undefined) files.set(finding.file, [finding]);
    else known.push(finding);
  }
  return [...files].map(([file, found]) => ({ file, findings: found }));
}

/** How many findings there are: `2 errors and 1 notice`. */
export function countText({ findings }: CheckResult): string {
  const counts = SEVERITIES.map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length })).filter(({ count }) => count > 0);
  if (counts.length === 0) return 'no findings';
  const parts = counts.map(({ severity, count }) => plural(count, severity));
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}

/** What was looked at, and what was let be. */
export function scopeText({ counts, suppressed }: CheckResult): string {
  const { objects, kustomizations, clusters, rules } = counts;
  const where = kustomizations === 0 ? '' : `, ${plural(kustomizations, 'Flux Kustomization')} of ${plural(clusters, 'cluster')}`;
  return `${suppressed === 0 ? '' : `${suppressed} suppressed; `}${plural(objects, 'object')}${where}, ${plural(rules, 'rule')}`;
}

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'notice'];

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
