import { ruleGroups } from '../src/checks/index';
import type { Rule } from '../src/checks/rule';

/** The page of all rules, made from themselves. */
export function checksPage(): string {
  const groups = ruleGroups.map(({ title, rules }) => [`## ${title}`, '', '| | rule | |', '| --- | --- | --- |', ...rules.map(row), '', ...rules.map(entry)].join('\n'));
  return ['# Reference: checks', '', 'What `fluxwright check` looks for, made from the rules themselves. How to run, configure and suppress them is in the [guide](../checks.md). All [sections](README.md).', '', ...groups].join('\n');
}

function row({ id, severity, why }: Rule): string {
  return `| ${severity} | [${id}](#${id}) | ${prose(why).replaceAll('|', '\\|')} |`;
}

function entry({ id, severity, why, example, fix, link, needs }: Rule): string {
  const wants = needs === undefined ? '' : needs === 'render' ? ' Needs kustomize.' : ' Needs a commit to compare with.';
  return [`### ${id}`, '', `${severity}. ${prose(why)}${wants}`, '', '```yaml', example.trimEnd(), '```', '', `**Fix:** ${prose(fix)}. [More](${link})`, ''].join('\n');
}

/** A `<` outside of code would begin a tag. */
function prose(text: string): string {
  return text.split(/(`[^`]*`)/).map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;').replaceAll('*', '\\*') : part)).join('');
}
