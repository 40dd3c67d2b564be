import type { Finding } from '../finding';
import type { Severity } from '../rule';
import { countText, findingsByFile, plural, repositoryPath, scopeText, SEVERITIES, type CheckReport } from './check-report';
import { visible } from '../../visible';

/** What GitHub takes for a comment, and some room. */
const MOST_CHARACTERS = 60_000;

/** For a comment on a pull request: what was found by rule, then the findings by file, folded up. */
export function formatMarkdown(report: CheckReport): string {
  const { result } = report;
  const head = [`### fluxwright check: ${countText(result)}`, ...table(report), ...result.skipped.map(({ rules, reason, fix }) => `> Not checked: ${rules.length === 0 ? '' : `${rules.map(code).join(', ')}, since `}${escaped(reason.split('\n')[0]!)}. Fix: ${escaped(fix)}`)];
  const foot = `<sub>${escaped(scopeText(result))}</sub>`;
  let room = MOST_CHARACTERS - [...head, foot].join('\n\n').length;
  const blocks: string[] = [];
  let left = result.findings.length;
  for (const { file, findings } of findingsByFile(result.findings)) {
    const block = details(repositoryPath(report, file), findings);
    room -= block.length + 2;
    if (room < 0) break;
    blocks.push(block);
    left -= findings.length;
  }
  const rest = left === 0 ? [] : [`and ${plural(left, 'more finding')}, which no comment has room for: run \`fluxwright check\``];
  return [...head, ...blocks, ...rest, foot].join('\n\n');
}

function table({ result: { findings }, rules }: CheckReport): string[] {
  if (findings.length === 0) return [];
  const rows = SEVERITIES.flatMap((severity) => {
    const counts = new Map<string, number>();
    for (const finding of findings) if (finding.severity === severity) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, count]) => `| ${ICONS[severity]} ${severity} | ${count} | ${code(id)} | ${escaped(rules.find((rule) => rule.id === id)?.why ?? '')} |`);
  });
  return [['| | | rule | why it matters |', '| --- | ---: | --- | --- |', ...rows].join('\n')];
}

function details(file: string, findings: readonly Finding[]): string {
  const title = `<code>${html(visible(file === '' ? '(in no file)' : file))}</code>: ${countText({ findings } as Parameters<typeof countText>[0])}`;
  const items = findings.map(({ severity, rule, line, object, message, fix }) => (
    `- ${ICONS[severity]} line ${line}: ${object === undefined ? '' : `**${escaped(object)}**: `}${escaped(message)} (${code(rule)})\n  <br>fix: ${escaped(fix)}`
  ));
  return `<details${findings.some(({ severity }) => severity === 'error') ? ' open' : ''}><summary>${title}</summary>\n\n${items.join('\n')}\n\n</details>`;
}

const ICONS: Readonly<Record<Severity, string>> = { error: '❌', warning: '⚠️', notice: 'ℹ️' };

/** Text from files as it is: no markup, no link, and nobody is called by an @ or a #. */
function escaped(text: string): string {
  return html(visible(text, 1000)).replace(/[\\`*_{}[\]|~]/g, '\\$&').replace(/([@#])(?=\w)/g, '$1\u2060').replace(/\b(https?):\/\//g, '$1\u2060://');
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function code(text: string): string {
  return `\`${visible(text).replaceAll('`', "'")}\``;
}
