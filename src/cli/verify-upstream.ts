import { UserError } from '../errors';
import { readRelease } from '../releases/release';
import { fetchBytes, type FetchLimits } from '../upstream/fetch-upstream';
import { locationOf, type LockedRelease } from '../upstream/lock-file';
import { cachedState, findUpstream, sha256Of } from '../upstream/upstream-cache';
import { ExitCode, type Terminal } from './command';
import { copyOf, limitsOf, openUpstream, type OpenedUpstream } from './open-upstream';
import { pinnedReleases } from './pinned-releases';

export interface VerifyUpstream {
  readonly file?: string;
  readonly timeout: string;
  /** Whether what is published is compared, too. */
  readonly remote: boolean;
}

/** Something that has a digest which it is to have. */
interface Pinned {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly sha256: string;
  readonly locked: LockedRelease | undefined;
}

/** Compares every release that is pinned with its digest: in the repository, in the cache and, if asked to, where it is published. */
export async function verifyUpstream(terminal: Terminal, { file, timeout, remote }: VerifyUpstream): Promise<ExitCode> {
  const limits = limitsOf(terminal, timeout);
  const opened = openUpstream(terminal, file);
  const locked = opened.releases.map((release): Pinned => ({ name: release.name, version: release.version, url: locationOf(release), sha256: release.sha256, locked: release }));
  const inCode = (await pinnedReleases(terminal, true)).map(({ construct, version, url, sha256 }): Pinned => ({ name: construct, version, url, sha256, locked: undefined }));
  const pinned = [...locked, ...inCode.filter(({ sha256 }) => !locked.some((one) => one.sha256 === sha256))];

  const failures: UserError[] = [];
  let found = 0;
  for (const one of pinned) {
    const inTree = checkTree(opened, one);
    const state = cachedState(one.sha256);
    const differences = [
      ...inTree.differences,
      ...(state === 'damaged' ? [`${one.name} ${one.version} in the cache has other contents than the sha256 ${one.sha256}\n  fix: fluxwright upstream fetch brings it again`] : []),
      ...checkEntry(opened, one),
      ...(remote ? await checkRemote(one, limits, failures) : []),
    ];
    for (const difference of differences) terminal.print(difference);
    found += differences.length;
    if (differences.length === 0 && inTree.count === 0 && state !== 'whole' && !remote) terminal.say(`${one.name} ${one.version} is neither in the repository nor in the cache: --remote compares what is published`);
  }
  if (failures.length > 0) throw UserError.all(failures);
  terminal.say(`${pinned.length === 1 ? 'one release is' : `${pinned.length} releases are`} pinned: ${found === 0 ? 'nothing has another digest' : found === 1 ? 'one difference' : `${found} differences`}`);
  return found === 0 ? ExitCode.ok : ExitCode.found;
}

/** The copy that the lock file names, and those that a synth has listed with the digest. */
function checkTree(opened: OpenedUpstream, { name, version, sha256, locked }: Pinned): { readonly count: number; readonly differences: string[] } {
  const kept = locked === undefined ? undefined : copyOf(opened, locked);
  const listed = [...opened.tree].filter(({ path }) => /(^|\/)\.fluxwright\.[^/]+\.sha256$/.test(path)).flatMap(({ bytes }) => [...bytes.toString('utf8').matchAll(/^([0-9a-f]{64}) [ *](.+)$/gm)].flatMap(([, hash, path]) => (hash === sha256 ? [path!] : [])));
  const paths = [...new Set([...(kept === undefined ? [] : [kept]), ...listed])];
  return {
    count: paths.length,
    differences: paths.flatMap((path) => {
      const bytes = opened.tree.get(path)?.bytes;
      const fix = path === kept ? `fluxwright upstream vendor ${name}` : 'npx fluxwright synth';
      if (bytes === undefined) return [`${path}, the copy of ${name} ${version}, is not there\n  fix: ${fix}`];
      const digest = sha256Of(bytes);
      return digest === sha256 ? [] : [`${path}, the copy of ${name} ${version}, has the sha256 ${digest}, not the pinned ${sha256}\n  fix: find out who changed it; ${fix} brings back what is pinned`];
    }),
  };
}

/** What the lock file says that a release brings, by what it does bring. */
function checkEntry(opened: OpenedUpstream, { locked, sha256 }: Pinned): string[] {
  const bytes = locked === undefined ? undefined : findUpstream(sha256);
  if (bytes === undefined) return [];
  const { crds, images } = readRelease(bytes, locationOf(locked!));
  const isSame = JSON.stringify([crds, images]) === JSON.stringify([locked!.crds, locked!.images]);
  return isSame ? [] : [`${opened.path} says of ${locked!.name} ${locked!.version} other definitions or images than it has\n  fix: fluxwright upstream update ${locked!.name} ${locked!.version} writes them`];
}

async function checkRemote({ name, version, url, sha256 }: Pinned, limits: FetchLimits, failures: UserError[]): Promise<string[]> {
  try {
    const digest = sha256Of(await fetchBytes(url, limits));
    return digest === sha256 ? [] : [`${url}, which is ${name} ${version}, has the sha256 ${digest}, not the pinned ${sha256}\n  fix: find out why it changed before anybody applies it`];
  } catch (error) {
    if (!UserError.is(error)) throw error;
    failures.push(error);
    return [];
  }
}
