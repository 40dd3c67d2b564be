import { UserError } from '../errors';
import { walkClusters } from '../model/clusters';
import { Repository } from '../model/repository';
import { isLeftOut } from '../model/source-ignore';
import { Walker } from '../model/walk';
import { placesOf } from '../releases/place-release';
import { readRelease } from '../releases/release';
import { directoryOf, relativePath } from '../tree/path';
import { withRelease } from '../upstream/edit-lock';
import { fetchBytes } from '../upstream/fetch-upstream';
import { locationOf, type LockedRelease } from '../upstream/lock-file';
import { isReleaseName, isVersion, nameIn, urlTemplate, versionIn } from '../upstream/release-url';
import { rememberUrl, sha256Of, storeUpstream, verifyDigest } from '../upstream/upstream-cache';
import { visible } from '../visible';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges, type FileChange } from './file-changes';
import { limitsOf, lockPathOf, openUpstream, type OpenedUpstream } from './open-upstream';
import { copyChange } from './release-copy';

export interface AddUpstream {
  readonly url: string;
  readonly name?: string;
  readonly version?: string;
  readonly sha256?: string;
  /** Where a copy is kept in the repository. */
  readonly path?: string;
  readonly file?: string;
  readonly timeout: string;
  readonly dryRun: boolean;
}

/** Locks a release: fetches it, and writes down what it is. */
export async function addUpstream(terminal: Terminal, asked: AddUpstream): Promise<ExitCode> {
  const { name, version } = namesOf(asked);
  const limits = limitsOf(terminal, asked.timeout);
  const opened = openUpstream(terminal, asked.file, true);
  const known = opened.releases.find((release) => release.name === name);
  const isSame = known !== undefined && locationOf(known) === asked.url && known.version === version;
  if (known !== undefined && !isSame) throw new UserError('usage', `${opened.path} locks ${name} already, ${known.version} from ${locationOf(known)}`, `take another version with "fluxwright upstream update ${name} VERSION", or call this one otherwise: --name`);
  const bytes = Buffer.from(await fetchBytes(asked.url, limits));
  verifyDigest(bytes, asked.sha256?.toLowerCase() ?? known?.sha256 ?? sha256Of(bytes), asked.url);
  const { crds, images, objects } = readRelease(bytes, asked.url);
  const sha256 = sha256Of(bytes);
  const path = (asked.path === undefined ? undefined : lockPathOf(terminal, opened, asked.path)) ?? known?.path ?? ownCopy(opened, sha256);
  const release: LockedRelease = { name, version, url: urlTemplate(asked.url, version), sha256, path, crds, images };

  terminal.print(`${name} ${version}\nsha256 ${sha256}\n${counted(objects.length, 'object')}, ${counted(crds.length, 'definition')} among them; ${counted(images.length, 'image')}`);
  const files = filesOf(opened, release, bytes);
  if (asked.dryRun || files.length === 0) {
    if (files.length > 0) terminal.print(diffOf(files.filter((file) => file.path === opened.path)));
    terminal.say(files.length === 0 ? `${opened.path} locks it already` : 'nothing is written: --dry-run');
    return ExitCode.ok;
  }
  storeUpstream(bytes, sha256, asked.url);
  rememberUrl(asked.url, sha256);
  writeChanges(opened.root, files);
  terminal.say(`written: ${files.map((file) => file.path).join(', ')}`);
  const applier = opened.text === undefined ? appliesFile(opened) : undefined;
  if (applier !== undefined) terminal.say(`warning: Flux Kustomization ${applier} applies every YAML file of its folder, and fails at ${opened.path}: list it in .sourceignore, or keep it elsewhere: --file`);
  const isInTree = path !== undefined && asked.path === undefined; // a person keeps the copy, and its folder uses it already
  if (opened.text === undefined && !isInTree) terminal.say(`${opened.path} is new: have the platform read it, as new UpstreamManifest(directory, '${name}', lockedRelease(directory, '${name}')) does`);
  return ExitCode.ok;
}

function namesOf({ url, name = nameIn(url), version = versionIn(url) }: AddUpstream): { readonly name: string; readonly version: string } {
  if (!/^(https?|file):\/\/\S+$/.test(url)) throw new UserError('usage', `${JSON.stringify(visible(url))} is no URL`, 'write one that begins with https://, http:// or file://');
  if (name === undefined) throw new UserError('usage', `${visible(url)} does not tell what it is the release of`, 'say it: --name');
  if (!isReleaseName(name)) throw new UserError('usage', `--name ${visible(name)} is none`, 'use lower-case letters, digits, ".", "_" and "-"');
  if (version === undefined) throw new UserError('usage', `${visible(url)} does not tell the version`, 'say it: --version');
  if (!isVersion(version)) throw new UserError('usage', `--version ${visible(version)} is none`, 'write it as upstream does, such as v1.16.1');
  return { name, version };
}

/** The Flux Kustomization that would take the lock file for a manifest: one whose folder has no kustomization.yaml on the way to it. */
function appliesFile({ tree, path: lock }: OpenedUpstream): string | undefined {
  const repository = new Repository(tree);
  const isOpen = (path: string): boolean => {
    for (let folder = directoryOf(lock); ; folder = directoryOf(folder)) {
      if (repository.kustomizations.has(folder)) return false;
      if (folder === path) return true;
      if (folder === '') return false;
    }
  };
  const found = walkClusters(repository, new Walker(repository)).flatMap(({ kustomizations }) => kustomizations).find(({ path }) => path !== undefined && isOpen(path));
  return found === undefined || isLeftOut(repository, lock) ? undefined : found.key;
}

/** The copy that a person keeps: the only file with the contents, if no synth writes it. */
function ownCopy({ tree, path }: OpenedUpstream, sha256: string): string | undefined {
  const { copies } = placesOf(tree, { url: '', sha256, path: undefined });
  const [copy] = copies;
  const directory = directoryOf(path);
  const isInside = directory === '' || copy?.startsWith(`${directory}/`) === true;
  const isWritten = [...tree].some((file) => /(^|\/)\.fluxwright\.[^/]+\.sha256$/.test(file.path) && file.bytes.includes(`  ${copy ?? ''}\n`));
  return copies.length === 1 && isInside && !isWritten ? relativePath(directory, copy!) : undefined;
}

function filesOf(opened: OpenedUpstream, release: LockedRelease, bytes: Buffer): FileChange[] {
  const before = opened.text === undefined ? undefined : Buffer.from(opened.text);
  return changesOf([
    { path: opened.path, before, after: Buffer.from(withRelease(opened.text, release)) },
    ...copyChange(opened, release, bytes),
  ]);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
