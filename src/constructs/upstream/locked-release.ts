import type { IConstruct } from 'constructs';
import { GitopsApp } from '../../app/gitops-app';
import { findInput } from '../../app/inputs';
import { UserError } from '../../errors';
import { nearestTo } from '../../nearest';
import { directoryOf } from '../../tree/path';
import { LOCK_NAME, urlAt } from '../../upstream/release-url';
import type { UpstreamManifestProps } from './upstream-manifest';

/**
 * A release as the lock file has it, which `fluxwright upstream add` and `update` write: a new version changes no code.
 *
 * @param name what the lock file calls it
 * @param path the lock file, from the app's root
 * @throws UserError `reference-invalid` for a release that is not locked, `settings-invalid` for a lock file that says what nobody reads
 * @example
 * new UpstreamManifest(directory, 'cert-manager', lockedRelease(directory, 'cert-manager'));
 */
export function lockedRelease(scope: IConstruct, name: string, path: string = LOCK_NAME): Pick<UpstreamManifestProps, 'url' | 'version' | 'sha256' | 'source' | 'provides'> {
  const { parseLock } = require('../../upstream/lock-file') as typeof import('../../upstream/lock-file'); // loaded late: it reads YAML, which others do without
  const bytes = findInput(GitopsApp.of(scope), path, 'lockedRelease');
  const releases = bytes === undefined ? [] : parseLock(bytes.toString('utf8'), path);
  const release = releases.find((one) => one.name === name);
  if (release === undefined) {
    const near = nearestTo(name, releases.map((one) => one.name));
    throw new UserError('reference-invalid', bytes === undefined ? `there is no ${path} at the app's root that would lock the release ${JSON.stringify(name)}` : `${path} locks no release ${JSON.stringify(name)}`, near === undefined ? 'lock it: fluxwright upstream add URL' : `write ${JSON.stringify(near)}`);
  }
  const { version, url, sha256, path: copy, crds } = release;
  const folder = directoryOf(path);
  return { version, url: urlAt(url, version), sha256, provides: crds.map((one) => one.name), ...(copy === undefined ? {} : { source: folder === '' ? copy : `${folder}/${copy}` }) };
}
