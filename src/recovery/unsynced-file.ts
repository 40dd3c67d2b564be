import { UserError } from '../errors';
import type { Cluster } from '../model/flux-kustomization';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { ManifestFile } from '../tree/file';
import { Tree } from '../tree/tree';

/** The first line of what these commands write. */
export const BY_HAND = 'Not synced by Flux: no kustomization.yaml may list this file. Apply it by hand, when it is needed.';

/**
 * Sees that Flux will not apply a file that is yet to be written.
 * @throws UserError `wrong-scope` with the Kustomization that would
 */
export function refuseSynced(path: string, text: string, { repository, clusters }: { readonly repository: Repository; readonly clusters: readonly Cluster[] }): void {
  const changed = new Repository(new Tree([...[...repository.tree].filter((file) => file.path !== path), ManifestFile.fromText(path, text)], 'as-found'));
  const walker = new Walker(changed);
  for (const { kustomizations } of clusters) {
    const applying = kustomizations.find((one) => one.path !== undefined && walker.walk(one.path).files.has(path));
    if (applying === undefined) continue;
    const listing = changed.kustomizationsAmong(walker.walk(applying.path!).files).find(({ path: file }) => walker.walk(file.slice(0, Math.max(0, file.lastIndexOf('/')))).files.has(path));
    const why = listing === undefined ? `applies all of ${applying.path === '' ? 'the repository' : applying.path}, which has no kustomization.yaml` : `applies it, by ${listing.path}`;
    throw new UserError('wrong-scope', `${path} is to be applied by hand, and Kustomization ${applying.key} ${why}`, `name a file that Flux does not sync: --output FILE; or keep a folder from Flux with a line in .sourceignore, such as /${path.includes('/') ? path.slice(0, path.indexOf('/')) : 'restore'}/`);
  }
}

/**
 * Sees that a file is free, or one that was written for this before.
 * @throws UserError `foreign-file`
 */
export function refuseForeign(path: string, tree: Tree): void {
  const there = tree.get(path);
  if (there === undefined || (there.type === 'manifests' && there.text.startsWith(`# ${BY_HAND}\n`))) return;
  throw new UserError('foreign-file', `${path} is there already, and was not written by this command`, 'name another file: --output FILE, or move that one away');
}
