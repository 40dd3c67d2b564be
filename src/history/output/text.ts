import { createColors } from 'picocolors';
import { visible } from '../../visible';
import type { Arrival } from '../arrival';
import type { HeldVersion } from '../state-at';
import type { HistoryReport } from './history-report';
import { authorText, changeText, count, endText, originText, otherFiles, shortId, titleOf } from './words';

/** More files than this are counted, not named. */
const MOST_FILES = 5;

/** For a terminal: an arrival a paragraph, newest first. */
export function formatText(report: HistoryReport): string {
  const { history: { arrivals }, state, title } = report;
  const end = endText(report);
  if (state !== undefined) return [stateText(report, state), ...(end === undefined ? [] : [end])].join('\n\n');
  const told = arrivals.length === 0 ? [`nothing of ${title} changed`] : arrivals.map((arrival) => arrivalText(report, arrival));
  return [...told, ...(end === undefined ? [] : [end])].join('\n\n');
}

function arrivalText(report: HistoryReport, arrival: Arrival): string {
  const { showTime, authors, colours } = report;
  const paint = createColors(colours);
  const { commit, versions } = arrival;
  const told = new Set(versions.map(({ origin }) => origin?.id));
  const brought = arrival.brought.filter(({ id }) => !told.has(id));
  const by = authorText(commit, authors.of(commit).type);
  const lines = versions.map((change) => {
    const again = change.earlier === undefined ? '' : `, as it was since ${showTime(change.earlier)}`;
    return `  ${paint.bold(changeText(change))}${again}  ${paint.dim(placeText(change.after ?? change.before!))}${paint.dim(originText(arrival, change.origin, report))}`;
  });
  const files = otherFiles(arrival);
  const named = files.slice(0, MOST_FILES).map((file) => visible(file)).join(', ');
  return [
    `${paint.yellow(showTime(commit.committed))}  ${shortId(commit.id)}  ${by}  ${visible(commit.subject)}`,
    ...(commit.reverts === undefined ? [] : [`  takes back ${shortId(commit.reverts)}`]),
    ...lines,
    ...(files.length === 0 ? [] : [`  ${lines.length === 0 ? '' : 'and '}${count(files.length, 'file')}: ${named}${files.length > MOST_FILES ? ', …' : ''}`]),
    ...(brought.length === 0 ? [] : [`  ${told.size === 0 ? 'it' : 'it also'} brought ${count(brought.length, 'commit')} that changed files of these: ${brought.slice(0, MOST_FILES).map((one) => `${shortId(one.id)} ${authorText(one, authors.of(one).type)}`).join(', ')}${brought.length > MOST_FILES ? ', …' : ''}`]),
  ].join('\n');
}

function stateText(report: HistoryReport, state: NonNullable<HistoryReport['state']>): string {
  const { showTime, authors, title, colours } = report;
  const paint = createColors(colours);
  const { commit, versions, time } = state;
  const head = `${title} at ${showTime(time)}: ${shortId(commit.id)} ${visible(commit.subject)}, there since ${showTime(commit.committed)}, by ${authorText(commit, authors.of(commit).type)}`;
  const lines = versions.map((version) => `  ${paint.bold(visible(titleOf(version)))}  ${paint.dim(placeText(version))}  ${sinceText(report, version)}`);
  return [head, ...(lines.length === 0 ? ['  no file of it names a version'] : lines)].join('\n');
}

function sinceText(report: HistoryReport, version: HeldVersion): string {
  const { since } = version;
  if (since === undefined) return report.history.end === undefined ? 'since an unknown time' : 'since before this clone begins';
  const change = since.versions.find(({ after }) => after?.field === version.field && after.version === version.version && after.object === version.object);
  return `since ${report.showTime(since.commit.committed)}, ${shortId(since.commit.id)} by ${authorText(since.commit, report.authors.of(since.commit).type)}${originText(since, change?.origin, report)}`;
}

function placeText({ file, object, policy }: HeldVersion | { file: string; object: string; policy?: string }): string {
  return visible(`${object === '' ? '' : `${object} in `}${file}${policy === undefined ? '' : `, policy ${policy}`}`);
}
