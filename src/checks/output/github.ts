import type { Finding } from '../finding';
import { countText, repositoryPath, scopeText, type CheckReport } from './check-report';
import { visible } from '../../visible';

/** For a workflow of GitHub: each finding as an annotation of its line. */
export function formatGithub(report: CheckReport): string {
  const { findings, skipped } = report.result;
  return [
    ...findings.map((finding) => annotation(finding, report)),
    ...skipped.map(({ rules, reason, fix }) => `::warning title=not checked::${data(`${rules.length === 0 ? '' : `${rules.join(', ')}: `}${reason}\nfix: ${fix}`)}`),
    `fluxwright check: ${countText(report.result)} (${scopeText(report.result)})`,
  ].join('\n');
}

function annotation({ severity, file, line, rule, object, message, fix }: Finding, report: CheckReport): string {
  const place = file === '' ? '' : `file=${property(repositoryPath(report, file))},line=${line},`;
  return `::${severity} ${place}title=${property(rule)}::${data(`${object === undefined ? '' : `${visible(object)}: `}${visible(message, 2000)}\nfix: ${visible(fix, 2000)}`)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
