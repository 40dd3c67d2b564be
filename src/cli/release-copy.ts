import { existsSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { UserError } from '../errors';
import { readHeader } from '../tree/header';
import { directoryOf } from '../tree/path';
import type { LockedRelease } from '../upstream/lock-file';
import { sha256Of } from '../upstream/upstream-cache';
import { changesOf, type FileChange } from './file-changes';
import { copyOf, type OpenedUpstream } from './open-upstream';
import { refuseLosses } from './uncommitted';

/**
 * What the copy of a release becomes; nothing for one that has none in the repository.
 * @throws UserError `foreign-file` for a file that is no copy of a release, `path-through-symlink`, `hand-edit` for changes that Git does not have
 */
export function copyChange(opened: OpenedUpstream, release: LockedRelease, bytes: Buffer): FileChange[] {
  const path = copyOf(opened, release);
  if (path === undefined) return [];
  refuseElsewhere(opened.root, path);
  const there = opened.tree.get(path);
  if (there?.type === 'manifests' && readHeader(there.text) !== undefined) throw new UserError('foreign-file', `${path} is written by a synth`, `keep the copy of ${release.name} elsewhere: --path`);
  const known = opened.releases.find((one) => one.name === release.name && copyOf(opened, one) === path);
  if (known === undefined && there !== undefined && sha256Of(there.bytes) !== release.sha256) throw new UserError('foreign-file', `${path} holds something else than ${release.name} ${release.version}`, 'name another file: --path, or remove this one first');
  const change = { path, before: there?.bytes, after: bytes };
  if (there !== undefined && known !== undefined && sha256Of(there.bytes) !== known.sha256) refuseLosses(opened.git, changesOf([change]));
  return [change];
}

function refuseElsewhere(root: string, path: string): void {
  for (let folder = directoryOf(path); folder !== ''; folder = directoryOf(folder)) {
    if (!existsSync(join(root, folder))) continue;
    const real = relative(realpathSync(root), realpathSync(join(root, folder)));
    if (real === '..' || real.startsWith(`..${sep}`)) throw new UserError('path-through-symlink', `${path} leads out of ${root} through a symbolic link`, 'name a file that lies below the root itself');
    return;
  }
}
