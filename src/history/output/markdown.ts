import { visible } from '../../visible';
import type { HistoryReport } from './history-report';
import { authorText, changeText, count, endText, otherFiles, shortId, titleOf } from './words';

/** For a report that somebody files: a table. */
export function formatMarkdown(report: HistoryReport): string {
  const { history: { arrivals }, state, title, showTime, authors } = report;
  const end = endText(report);
  const table = state === undefined
    ? [row('when', 'commit', 'by', 'what'), row('---', '---', '---', '---'), ...arrivals.flatMap((arrival) => {
      const { commit } = arrival;
      const cells = (what: string, origin = commit): string => row(showTime(commit.committed), `\`${shortId(commit.id)}\`${origin.id === commit.id ? '' : ` (\`${shortId(origin.id)}\`)`}`, text(authorText(origin, authors.of(origin).type)), what);
      const files = otherFiles(arrival);
      return [...arrival.versions.map((change) => cells(text(changeText(change)), change.origin)), ...(files.length === 0 ? [] : [cells(`${text(visible(commit.subject))} (${count(files.length, 'file')})`)])];
    })]
    : [row('version', 'file', 'since', 'commit', 'by'), row('---', '---', '---', '---', '---'), ...state.versions.map((version) => {
      const commit = version.since?.commit;
      return row(text(visible(titleOf(version))), text(visible(version.file)), commit === undefined ? 'unknown' : showTime(commit.committed), commit === undefined ? '' : `\`${shortId(commit.id)}\``, commit === undefined ? '' : text(authorText(commit, authors.of(commit).type)));
    })];
  const heading = state === undefined ? `### History of ${text(title)}` : `### ${text(title)} at ${showTime(state.time)}\n\nThe commit was \`${shortId(state.commit.id)}\`: ${text(visible(state.commit.subject))}`;
  return [heading, table.join('\n'), ...(end === undefined ? [] : [end])].join('\n\n');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function text(value: string): string {
  return value.replace(/[\\`*_[\]<>|#@]/g, '\\$&').replace(/\s+/g, ' ');
}
