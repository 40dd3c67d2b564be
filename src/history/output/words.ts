import { visible } from '../../visible';
import type { Arrival, ArrivedVersion } from '../arrival';
import type { Commit } from '../commit';
import type { Version } from '../version';
import type { HistoryReport } from './history-report';

export function shortId(id: string): string {
  return id.slice(0, 9);
}

/** `ghcr.io/example/web 1.2 → 1.3`; a name that changed, too, is told. */
export function changeText({ before, after }: Pick<ArrivedVersion, 'before' | 'after'>): string {
  if (before === undefined) return visible(`${titleOf(after!)}, new`);
  if (after === undefined) return visible(`${titleOf(before)}, gone`);
  const now = before.name === after.name ? versionText(after) : titleOf(after);
  return visible(`${titleOf(before)} → ${now}`);
}

export function titleOf(version: Pick<Version, 'type' | 'name' | 'version'>): string {
  return `${version.type === 'image' ? '' : `${version.type} `}${version.name} ${versionText(version)}`;
}

function versionText({ version }: Pick<Version, 'version'>): string {
  return version === '' ? 'without a tag' : version.replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, '$1…');
}

export function authorText({ author }: Commit, type: 'bot' | 'person'): string {
  return visible(type === 'bot' ? `${author.name} (bot)` : author.name);
}

/** Who is behind a change: the commit that said it first, if a merge brought it. */
export function originText(arrival: Arrival, origin: Commit | undefined, { authors, showTime }: HistoryReport): string {
  if (arrival.commit.parents.length < 2) return '';
  if (origin === undefined) return ', made by the merge itself or a commit that is not known';
  return `, by ${authorText(origin, authors.of(origin).type)} in ${shortId(origin.id)} of ${showTime(origin.authored)}${origin.reverts === undefined ? '' : `, which takes back ${shortId(origin.reverts)}`}`;
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number === 1 ? 'one' : number} ${number === 1 ? one : many}`;
}

/** Files without a version in them that differ. */
export function otherFiles({ files, versions }: Arrival): readonly string[] {
  const told = new Set(versions.flatMap(({ before, after }) => [before?.file, after?.file]));
  return files.map(({ path }) => path).filter((path) => !told.has(path));
}

export function endText({ history: { end }, showTime }: HistoryReport): string | undefined {
  return end === undefined ? undefined : `this clone is shallow: nothing is known before ${showTime(end.committed)} (${shortId(end.id)}); "git fetch --unshallow" brings the rest`;
}
