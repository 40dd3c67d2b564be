import type { Step } from '../model/fields';
import { LineFinder } from '../model/line-finder';
import { identityTitle } from '../model/source-object';
import type { CheckContext } from './check-context';
import type { CheckResult, Finding, Skipped } from './finding';
import { rules as allRules } from './index';
import { withoutRepetitions, type Reported } from './sharper-findings';
import type { Place, Report, Rule } from './rule';
import { suppress, type Found } from './suppressions/suppress';

/**
 * Runs rules over a repository. A rule that lacks what it needs is skipped, and the result says so; one that fails is a bug
 * of ours, and keeps no other from running.
 */
export function runChecks(context: CheckContext, rules: readonly Rule[], unavailable: readonly Skipped[] = []): CheckResult {
  const lines = new LineFinder(context.repository.tree);
  const reported: Reported[] = [];
  const skipped = [...unavailable];
  const left = new Set(unavailable.flatMap((entry) => entry.rules));
  const run = rules.filter(({ id }) => !left.has(id));
  for (const rule of run) {
    try {
      for (const report of rule.find(context)) reported.push({ rule, report, finding: findingOf(rule, report, lines) });
    } catch (error) {
      skipped.push({ rules: [rule.id], reason: `fluxwright has a bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, fix: 'report it, with the repository if you can' });
    }
  }
  const found = new Map<string, Found>();
  for (const { report, finding } of withoutRepetitions(reported)) enter(found, { finding, object: 'object' in report.at ? report.at.object : undefined });
  const { repository, clusters } = context;
  const failed = new Set(skipped.flatMap((entry) => entry.rules));
  const { findings, suppressed } = suppress([...found.values()], context, lines, run.filter(({ id }) => !failed.has(id)), allRules.map(({ id }) => id));
  return {
    findings: folded(findings).sort(byPlace),
    skipped,
    suppressed,
    counts: {
      files: repository.tree.size,
      objects: repository.objects.length,
      kustomizations: clusters.reduce((sum, { kustomizations }) => sum + kustomizations.length, 0),
      clusters: clusters.length,
      rules: run.length,
    },
  };
}

function findingOf(rule: Rule, { at, message, fix, severity, in: of }: Report, lines: LineFinder): Finding {
  return { rule: rule.id, severity: severity ?? rule.severity, ...placeOf(at, lines), message: shortened(message), fix: shortened(fix ?? rule.fix), in: of === undefined ? [] : [of] };
}

/** More than anybody reads; what is named in it may be as long as a file. */
const MOST_LETTERS = 4000;

function shortened(text: string): string {
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

function placeOf(place: Place, lines: LineFinder): Pick<Finding, 'file' | 'line' | 'object'> {
  if (!('object' in place)) {
    const { file, document = 0, path } = place;
    return { file, line: place.line ?? (path === undefined ? 1 : lines.lineOf(file, document, path)) };
  }
  const { object, path } = place;
  const title = shortened(identityTitle(object));
  if ('file' in object) return { file: object.file, line: lineOf(object, path, lines), object: title };
  if (object.source !== undefined) return { file: object.source.file, line: lineOf(object.source, path, lines), object: title };
  return { file: object.generatedBy ?? object.fetchedFrom ?? '', line: 1, object: title };
}

function lineOf({ file, document, line, item }: { file: string; document: number; line: number; item?: number }, path: readonly Step[] | undefined, lines: LineFinder): number {
  const inFile = [...(item === undefined ? [] : ['items', item]), ...(path ?? [])];
  return inFile.length === 0 ? line : lines.lineOf(file, document, inFile);
}

/** The same said of one place by several Flux Kustomizations is one finding. */
function enter(found: Map<string, Found>, { finding, object }: Found): void {
  const key = `${finding.file}\n${finding.line}\n${finding.rule}\n${finding.object ?? ''}\n${finding.message}`;
  const before = found.get(key);
  found.set(key, before === undefined ? { finding, object } : { ...before, finding: { ...finding, in: [...new Set([...before.finding.in, ...finding.in])] } });
}

/** One line that becomes several objects, each in a namespace of its own, is one finding: there is one place to mend. */
function folded(findings: readonly Finding[]): Finding[] {
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.file}\n${finding.line}\n${finding.rule}\n${finding.severity}\n${finding.message}`;
    places.set(key, [...(places.get(key) ?? []), finding]);
  }
  return [...places.values()].map(([first, ...more]) => (more.length === 0 ? first! : {
    ...first!,
    ...(first!.object === undefined ? {} : { object: `${first!.object} and ${more.length} more` }),
    in: [...new Set([first!, ...more].flatMap((finding) => finding.in))],
  }));
}

function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || compare(a.rule, b.rule) || compare(a.message, b.message);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
