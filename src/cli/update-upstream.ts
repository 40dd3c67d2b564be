import { UserError } from '../errors';
import { compareReleases, isBreaking, type ReleaseChanges } from '../releases/compare-releases';
import { withUrl } from '../releases/place-release';
import { readRelease } from '../releases/release';
import { changesText } from '../releases/report-text';
import { readHeader } from '../tree/header';
import { withRelease } from '../upstream/edit-lock';
import { fetchBytes, type FetchLimits } from '../upstream/fetch-upstream';
import { locationOf, type LockedRelease } from '../upstream/lock-file';
import { isVersion, urlAt, urlTemplate, versionLike } from '../upstream/release-url';
import { rememberUrl, sha256Of, storeUpstream, verifyDigest } from '../upstream/upstream-cache';
import { visible } from '../visible';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges, type FileChange } from './file-changes';
import { bytesOf, copyOf, limitsOf, openUpstream, placesIn, releaseNamed, type OpenedUpstream } from './open-upstream';
import { copyChange } from './release-copy';

export interface UpdateUpstream {
  readonly name: string;
  readonly version: string;
  /** Where the new version is published, if not where the old one was. */
  readonly url?: string;
  readonly sha256?: string;
  readonly file?: string;
  readonly timeout: string;
  readonly format: string;
  readonly acceptBreaking: boolean;
  readonly dryRun: boolean;
}

/** Takes another version of a release: fetched, compared with what there is, and written only if nothing of ours breaks. */
export async function updateUpstream(terminal: Terminal, asked: UpdateUpstream): Promise<ExitCode> {
  if (asked.format !== 'text' && asked.format !== 'json') throw new UserError('usage', `--format ${visible(asked.format)} is unknown`, 'write text or json');
  const limits = limitsOf(terminal, asked.timeout);
  const opened = openUpstream(terminal, asked.file);
  if (asked.name === 'flux' && !opened.releases.some(({ name }) => name === 'flux')) {
    const { updateFlux } = require('./update-flux') as typeof import('./update-flux');
    return updateFlux(terminal, opened, asked);
  }
  const release = releaseNamed(opened, asked.name);
  const version = wantedVersion(release, asked);
  const url = asked.url ?? urlAt(release.url, version);
  if (url === locationOf(release) && version !== release.version) terminal.say(`the URL of ${release.name} does not name the version: ${url}`);
  const bytes = Buffer.from(await fetchBytes(url, limits));
  if (asked.sha256 !== undefined) verifyDigest(bytes, asked.sha256.toLowerCase(), url);
  const { crds, images } = readRelease(bytes, url);
  const next: LockedRelease = { ...release, version, url: asked.url === undefined ? release.url : urlTemplate(asked.url, version), sha256: sha256Of(bytes), crds, images };
  const changes = await compared(opened, release, { url, bytes }, asked, limits);

  report(terminal, release, next, changes, asked);
  const files = filesOf(opened, release, next, bytes);
  if (asked.dryRun && files.length > 0 && asked.format === 'text') terminal.print(diffOf(files.map(briefly)));
  if (changes !== undefined && isBreaking(changes) && !asked.acceptBreaking) return refuseBreaking(terminal, [changes]);
  if (asked.dryRun || files.length === 0) {
    terminal.say(files.length === 0 ? `${release.name} ${version} is what is locked` : 'nothing is written: --dry-run');
    return ExitCode.ok;
  }
  storeUpstream(bytes, next.sha256, url);
  rememberUrl(url, next.sha256);
  writeChanges(opened.root, files);
  for (const line of nextSteps(opened, release, next, files)) terminal.say(line);
  return ExitCode.ok;
}

export function refuseBreaking(terminal: Terminal, changes: readonly ReleaseChanges[]): ExitCode {
  terminal.say(`nothing is written: ${changes.every(({ breaks }) => breaks.length === 0) ? 'the API server would refuse a definition' : 'something here would break'}; mend it first, or say --accept-breaking`);
  return ExitCode.found;
}

function wantedVersion(release: LockedRelease, { version, url }: UpdateUpstream): string {
  if (!isVersion(version)) throw new UserError('usage', `${JSON.stringify(visible(version))} is no version`, 'write it as upstream does, such as v1.17.0');
  if (url !== undefined && !/^(https?|file):\/\/\S+$/.test(url)) throw new UserError('usage', `--url ${visible(url)} is no URL`, 'write one that begins with https://, http:// or file://');
  return url === undefined ? versionLike(release.version, version) : version;
}

async function compared(opened: OpenedUpstream, release: LockedRelease, next: { readonly url: string; readonly bytes: Buffer }, { acceptBreaking }: UpdateUpstream, limits: FetchLimits): Promise<ReleaseChanges | undefined> {
  let bytes;
  try {
    bytes = await bytesOf(opened, release, limits);
  } catch (error) {
    if (!UserError.is(error) || acceptBreaking) return undefined;
    throw new UserError(error.code, `${release.name} ${release.version}, which is locked, is not to be had, so that nothing can be compared with it: ${error.problem}`, 'bring it into the cache with "fluxwright upstream fetch", or go without a comparison: --accept-breaking');
  }
  return compareReleases(opened.tree, { name: release.name, path: copyOf(opened, release) }, { url: locationOf(release), bytes }, next);
}

function report(terminal: Terminal, release: LockedRelease, next: LockedRelease, changes: ReleaseChanges | undefined, { format }: UpdateUpstream): void {
  if (format === 'json') {
    terminal.print(JSON.stringify({ name: release.name, from: release.version, to: next.version, url: locationOf(next), sha256: next.sha256, changes: changes ?? null }, null, 2));
    return;
  }
  terminal.print(`${release.name} ${release.version} → ${next.version}`);
  terminal.print(`sha256 ${next.sha256}${next.sha256 === release.sha256 ? ', as before' : ''}`);
  terminal.print(changes === undefined ? 'not compared: the locked version is not to be had' : changesText(changes));
}

/** The lock, the copy in the repository, and kustomization files that list the URL; what a synth writes is left to it. */
function filesOf(opened: OpenedUpstream, release: LockedRelease, next: LockedRelease, bytes: Buffer): FileChange[] {
  const before = opened.text === undefined ? undefined : Buffer.from(opened.text);
  const listed = placesIn(opened, release).listed.map(({ file }) => opened.tree.get(file)!).flatMap((file) => (file.type === 'manifests' && readHeader(file.text) === undefined ? [file] : []));
  return changesOf([
    { path: opened.path, before, after: Buffer.from(withRelease(opened.text, next)) },
    ...copyChange(opened, next, bytes),
    ...listed.map((file): FileChange => ({ path: file.path, before: file.bytes, after: Buffer.from(withUrl(file.text, locationOf(release), locationOf(next))) })),
  ]);
}

/** Nobody reads the diff of a release on a terminal. */
export function briefly(change: FileChange): FileChange {
  const isLong = [change.before, change.after].some((bytes) => (bytes?.length ?? 0) > 100_000);
  const summary = (bytes: Buffer | undefined): Buffer | undefined => (bytes === undefined ? undefined : Buffer.from(`${bytes.length} bytes, sha256 ${sha256Of(bytes)}\n`));
  return isLong ? { ...change, before: summary(change.before), after: summary(change.after) } : change;
}

function nextSteps(opened: OpenedUpstream, release: LockedRelease, next: LockedRelease, files: readonly FileChange[]): string[] {
  const { copies, listed } = placesIn(opened, release);
  const written = new Set(files.map(({ path }) => path));
  const isSynthesized = [...copies, ...listed.map(({ file }) => file)].some((file) => !written.has(file));
  return [
    `written: ${[...written].join(', ')}`,
    ...(isSynthesized ? [`next: npx fluxwright synth, which takes ${next.name} ${next.version} where the platform reads the lock`] : []),
    'then: fluxwright diff, and commit',
  ];
}
