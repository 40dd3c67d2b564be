import { UserError } from '../errors';
import { Repository } from '../model/repository';
import { keptReleases } from '../releases/kept-releases';
import { placesOf } from '../releases/place-release';
import { locationOf } from '../upstream/lock-file';
import { nameIn, versionIn } from '../upstream/release-url';
import { findUpstream, findUpstreamByUrl } from '../upstream/upstream-cache';
import { visible } from '../visible';
import { ExitCode, type Terminal } from './command';
import { openUpstream, placesIn, type OpenedUpstream } from './open-upstream';
import { listedUrls, pinnedReleases } from './pinned-releases';

export interface ListUpstream {
  readonly file?: string;
  readonly format: string;
}

interface Listed {
  readonly name: string;
  readonly version: string | null;
  /** Null for a copy that nobody says the source of. */
  readonly url: string | null;
  readonly sha256: string | null;
  /** Who says which contents are right: the lock file, the platform's code, or nobody. */
  readonly pinned: 'locked' | 'in code' | 'not pinned';
  /** Whether the tree has a copy of it, lists its URL, or neither. */
  readonly kept: 'vendored' | 'remote' | 'not used';
  readonly cached: boolean;
  readonly places: readonly string[];
}

/** Shows the releases that a repository stands on, and where. */
export async function listUpstream(terminal: Terminal, { file, format }: ListUpstream): Promise<ExitCode> {
  if (format !== 'text' && format !== 'json') throw new UserError('usage', `--format ${visible(format)} is unknown`, 'write text or json');
  const opened = openUpstream(terminal, file);
  const listed = await listedIn(terminal, opened);
  if (format === 'json') terminal.print(JSON.stringify({ lock: opened.text === undefined ? null : opened.path, releases: listed }, null, 2));
  else if (listed.length > 0) terminal.print(table(listed));
  terminal.say(`${listed.length === 1 ? 'one release' : `${listed.length} releases`}, ${opened.text === undefined ? `and no ${opened.path} that locks any` : `${opened.releases.length} of them in ${opened.path}`}`);
  return ExitCode.ok;
}

async function listedIn(terminal: Terminal, opened: OpenedUpstream): Promise<Listed[]> {
  const locked = opened.releases.map((release): Listed => ({ ...of(placesIn(opened, release)), name: release.name, version: release.version, url: locationOf(release), sha256: release.sha256, pinned: 'locked', cached: findUpstream(release.sha256) !== undefined }));
  const pinned = (await pinnedReleases(terminal, true)).filter(({ sha256 }) => !locked.some((one) => one.sha256 === sha256)).map(({ construct, version, url, sha256 }): Listed => ({
    ...of(placesOf(opened.tree, { url, sha256, path: undefined })), name: construct, version, url, sha256, pinned: 'in code', cached: findUpstream(sha256) !== undefined,
  }));
  const known = new Set<string | null>([...locked, ...pinned].map(({ url }) => url));
  const repository = new Repository(opened.tree);
  const loose = listedUrls(repository).filter((url) => !known.has(url)).map((url): Listed => ({
    ...of(placesOf(opened.tree, { url, sha256: '', path: undefined })), name: nameIn(url) ?? url, version: versionIn(url) ?? null, url, sha256: null, pinned: 'not pinned', cached: findUpstreamByUrl(url) !== undefined,
  }));
  const places = new Set([...locked, ...pinned].flatMap((one) => one.places));
  const kept = keptReleases(repository).filter(({ file }) => !places.has(file)).map(({ name, version, file }): Listed => ({
    name, version: version ?? null, url: null, sha256: null, pinned: 'not pinned', kept: 'vendored', cached: false, places: [file],
  }));
  return [...locked, ...pinned, ...loose, ...kept];
}

function of({ copies, listed }: ReturnType<typeof placesOf>): Pick<Listed, 'kept' | 'places'> {
  const places = [...copies, ...listed.map(({ file, line }) => `${file}:${line}`)];
  return { kept: copies.length > 0 ? 'vendored' : listed.length > 0 ? 'remote' : 'not used', places };
}

function table(listed: readonly Listed[]): string {
  const rows = listed.map(({ name, version, pinned, kept, cached, sha256, places }) => [
    visible(name), version ?? 'no version', pinned, kept, cached ? 'cached' : 'not cached', sha256 === null ? 'no digest' : sha256.slice(0, 12),
    places.length > 3 ? `${places.slice(0, 3).join(', ')} and ${places.length - 3} more` : places.join(', '),
  ]);
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}
