import { UserError } from '../errors';
import { withRelease } from '../upstream/edit-lock';
import { fetchUpstream } from '../upstream/fetch-upstream';
import { locationOf, type LockedRelease } from '../upstream/lock-file';
import { rememberUrl, storeUpstream } from '../upstream/upstream-cache';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges, type FileChange } from './file-changes';
import { bytesOf, limitsOf, lockPathOf, openUpstream, releaseNamed } from './open-upstream';
import { pinnedReleases } from './pinned-releases';
import { copyChange } from './release-copy';
import { briefly } from './update-upstream';

export interface VendorUpstream {
  /** All, if none is named. */
  readonly names: readonly string[];
  /** Where the copy of the one that is named is kept from now on. */
  readonly path?: string;
  readonly file?: string;
  readonly timeout: string;
  readonly dryRun: boolean;
}

/** Brings releases to where they are kept, byte for byte: into the repository those with a place there, the others into the cache. */
export async function vendorUpstream(terminal: Terminal, asked: VendorUpstream): Promise<ExitCode> {
  if (asked.path !== undefined && asked.names.length !== 1) throw new UserError('usage', '--path is for one release', 'name it');
  const limits = limitsOf(terminal, asked.timeout);
  const opened = openUpstream(terminal, asked.file);
  const chosen = asked.names.length === 0 ? opened.releases : asked.names.map((name) => releaseNamed(opened, name));
  const releases = asked.path === undefined ? chosen : chosen.map((release): LockedRelease => ({ ...release, path: lockPathOf(terminal, opened, asked.path!) }));
  const inCode = asked.names.length > 0 ? [] : (await pinnedReleases(terminal, true)).filter(({ sha256 }) => !releases.some((one) => one.sha256 === sha256));

  const changes: FileChange[] = [];
  const toCache: (() => void)[] = [];
  const errors: UserError[] = [];
  let lock = opened.text;
  for (const release of releases) {
    try {
      const bytes = await bytesOf(opened, release, limits);
      toCache.push(() => {
        storeUpstream(bytes, release.sha256, locationOf(release));
        rememberUrl(locationOf(release), release.sha256);
      });
      changes.push(...copyChange(opened, release, bytes));
      lock = withRelease(lock, release);
    } catch (error) {
      if (!UserError.is(error)) throw error;
      errors.push(error);
    }
  }
  if (errors.length > 0) throw UserError.all(errors);
  if (asked.path !== undefined) changes.push({ path: opened.path, before: Buffer.from(opened.text!), after: Buffer.from(lock!) });
  const files = changesOf(changes);
  if (asked.dryRun) {
    if (files.length > 0) terminal.print(diffOf(files.map(briefly)));
    terminal.say(files.length === 0 ? 'every copy is as it should be' : 'nothing is written: --dry-run');
    return ExitCode.ok;
  }
  for (const store of toCache) store();
  for (const { url, sha256 } of inCode) await fetchUpstream(url, sha256, limits);
  writeChanges(opened.root, files);
  for (const { path } of files) terminal.say(`written: ${path}`);
  const count = releases.length + inCode.length;
  terminal.say(`${count === 1 ? 'one release is' : `${count} releases are`} on this machine${files.length === 0 ? ', and every copy is as it should be' : ''}`);
  return ExitCode.ok;
}
