import { createColors } from 'picocolors';
import type { Finding, Skipped } from '../finding';
import type { Severity } from '../rule';
import { countText, findingsByFile, scopeText, type CheckReport } from './check-report';
import { shownLine } from './shown-line';
import { visible } from '../../visible';

type Paint = ReturnType<typeof createColors>;

/** For people: findings by file, each with its line and what to do about it; the sum at the end. */
export function formatText(report: CheckReport): string {
  const { result } = report;
  const paint = createColors(report.colours);
  const files = findingsByFile(result.findings).map(({ file, findings }) => [paint.bold(paint.underline(visible(file === '' ? '(in no file)' : file))), ...findings.map((finding) => findingText(finding, report, paint))].join('\n'));
  const skipped = result.skipped.map((entry) => skippedText(entry, paint));
  const count = countText(result);
  const summary = `${paint.bold(result.findings.length === 0 ? paint.green(count) : count)} ${paint.dim(`(${scopeText(result)})`)}`;
  return [...files, ...skipped, summary].join('\n\n');
}

function findingText(finding: Finding, report: CheckReport, paint: Paint): string {
  const { rule, severity, line, object, message, fix } = finding;
  const number = String(line).padStart(5);
  const shown = shownLine(finding, report);
  return [
    `${paint.dim(`${number} |`)}${shown === undefined ? '' : ` ${visible(shown, 120)}`}`.trimEnd(),
    `      ${COLOURS[severity](paint)(severity)} ${object === undefined ? '' : `${paint.bold(visible(object))}: `}${visible(message, 1000)} ${paint.dim(`[${rule}]`)}`,
    `      ${paint.dim('fix:')} ${visible(fix, 1000)}`,
    ...concerned(finding).map((text) => `      ${paint.dim(`in: ${text}`)}`),
  ].join('\n');
}

/** The Flux Kustomizations that it concerns, of which a shared file may have many. */
function concerned({ in: all }: Finding): string[] {
  if (all.length === 0) return [];
  return [`${all.slice(0, 3).map((one) => visible(one)).join(', ')}${all.length > 3 ? ` and ${all.length - 3} more` : ''}`];
}

function skippedText({ rules, reason, fix }: Skipped, paint: Paint): string {
  const lines = reason.split('\n').map((line) => visible(line)).join('\n    ');
  return `${paint.yellow('not checked')}${rules.length === 0 ? '' : ` ${rules.join(', ')}`}: ${lines}\n  ${paint.dim('fix:')} ${visible(fix, 1000)}`;
}

const COLOURS: Readonly<Record<Severity, (paint: Paint) => (text: string) => string>> = {
  error: ({ red }) => red,
  warning: ({ yellow }) => yellow,
  notice: ({ cyan }) => cyan,
};
