import { LineFinder } from '../model/line-finder';
import { newRights, newSubjects } from '../model/rbac-rights';
import { Repository } from '../model/repository';
import { identityKey, identityTitle, type SourceObject } from '../model/source-object';
import { formatImage, parseImage } from '../tree/image-reference';
import type { Tree } from '../tree/tree';
import { sha256Of } from '../upstream/upstream-cache';
import { brokenObjects, ownObjects, usesOf } from './affected-objects';
import { compareDefinitions, type DefinitionChange } from './compare-definitions';
import type { Finding } from './finding';
import { lostPatches } from './lost-patches';
import { placesOf, withReleaseIn, type ReleasePlaces } from './place-release';
import { isDefinition, readRelease, type Release } from './release';

/** What another version of a release would change. */
export interface ReleaseChanges {
  /** What of ours no longer works. */
  readonly breaks: readonly Finding[];
  /** Definitions that take less than before, those that we use first. */
  readonly definitions: readonly UsedChange[];
  readonly images: readonly string[];
  /** Rights that it has and had not. */
  readonly rights: readonly string[];
  /** Objects that it no longer has, which Flux deletes where it prunes. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
}

export interface UsedChange extends DefinitionChange {
  /** `k8s/web/certificate.yaml:12`. */
  readonly uses: readonly string[];
}

/** One version of a release. */
export interface ReleaseVersion {
  readonly url: string;
  readonly bytes: Buffer;
}

/** Compares two versions of a release, and what the tree makes of each. */
export function compareReleases(tree: Tree, { name, path }: { readonly name: string; readonly path: string | undefined }, before: ReleaseVersion, after: ReleaseVersion): ReleaseChanges {
  const [old, now] = [readRelease(before.bytes, before.url), readRelease(after.bytes, after.url)];
  const places = placesOf(tree, { url: before.url, sha256: sha256Of(before.bytes), path });
  const [was, is] = [before, after].map(({ bytes }) => withReleaseIn(tree, places, { name, url: before.url }, bytes)) as [ReturnType<typeof withReleaseIn>, ReturnType<typeof withReleaseIn>];
  const [repositoryBefore, repositoryAfter] = [new Repository(was.tree), new Repository(is.tree)];
  const lines = new LineFinder(was.tree);
  const own = ownObjects(repositoryBefore, old.objects, was.files);
  const others = repositoryBefore.objects.filter((object) => isDefinition(object) && !was.files.has(object.file));
  const definitions = compareDefinitions(old.objects, now.objects).map((change): UsedChange => ({ ...change, uses: usesOf(change, own, lines) }));
  const gone = missingFrom(now, old);
  return {
    breaks: byPlace([...editedCopies(tree, places, before), ...goneNamespaces(gone, places, repositoryAfter), ...brokenObjects(own, old.objects, now.objects, others, lines), ...lostPatches(repositoryBefore, repositoryAfter, lines)]),
    definitions: [...definitions].sort((a, b) => Number(b.uses.length > 0) - Number(a.uses.length > 0)),
    images: changedImages(old.images, now.images),
    rights: widenedRights(old, now),
    gone,
    added: missingFrom(old, now),
  };
}

/** Copies that somebody has changed by hand: what they changed would be lost. */
function editedCopies(tree: Tree, { copies }: ReleasePlaces, before: ReleaseVersion): Finding[] {
  return copies.filter((path) => !tree.get(path)!.bytes.equals(before.bytes)).map((file) => ({ file, line: 1, subject: 'the copy', text: 'was changed by hand, which would be lost: make patches of the changes' }));
}

function goneNamespaces(gone: readonly string[], { copies, listed }: ReleasePlaces, after: Repository): Finding[] {
  const { file, line } = listed[0] ?? { file: copies[0], line: 1 };
  const kept = new Set(after.objects.filter(({ kind }) => kind === 'Namespace').map(identityTitle));
  return file === undefined ? [] : gone.filter((title) => title.startsWith('Namespace ') && !kept.has(title)).map((subject) => ({ file, line, subject, text: 'is gone from the release: where Flux prunes, it is deleted with all that is in it' }));
}

/** Whether somebody has to do something before it can be taken. */
export function isBreaking({ breaks, definitions }: ReleaseChanges): boolean {
  return breaks.length > 0 || definitions.some(({ isRefused }) => isRefused === true);
}

function byPlace(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => (a.file !== b.file ? (a.file < b.file ? -1 : 1) : a.line - b.line));
}

/** `quay.io/jetstack/cert-manager-controller: v1.16.1 → v1.17.0`. */
function changedImages(before: readonly string[], after: readonly string[]): string[] {
  const byRepository = (images: readonly string[]): Map<string, string[]> => {
    const found = new Map<string, string[]>();
    for (const image of images) {
      const { repository } = parseImage(image);
      found.set(repository, [...(found.get(repository) ?? []), image]);
    }
    return found;
  };
  const versions = (images: readonly string[] | undefined): string => (images ?? []).map((image) => formatImage({ ...parseImage(image), repository: '' }).replace(/^:/, '') || 'no tag').join(', ');
  const [old, now] = [byRepository(before), byRepository(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((repository) => {
    const [was, is] = [versions(old.get(repository)), versions(now.get(repository))];
    if (was === is) return [];
    return [`${repository}: ${was === '' ? `new, ${is}` : is === '' ? `${was} is gone` : `${was} → ${is}`}`];
  });
}

function widenedRights(before: Release, after: Release): string[] {
  const is = (suffix: string) => (object: SourceObject): boolean => object.group === 'rbac.authorization.k8s.io' && (object.kind === `Role${suffix}` || object.kind === `ClusterRole${suffix}`);
  const was = new Map(before.objects.map((object) => [identityKey(object), object.data]));
  const roles = before.objects.filter(is('')).map(({ data }) => data);
  return after.objects.flatMap((object) => {
    const former = was.get(identityKey(object));
    // one that is new, or has another name, is compared with all that there were
    const found = is('')(object) ? newRights(former === undefined ? roles : [former], object.data) : is('Binding')(object) ? newSubjects(former, object.data) : [];
    return found.length === 0 ? [] : [`${identityTitle(object)}${former === undefined ? ' (new)' : ''}: ${found.slice(0, MOST_NAMED).join(', ')}${found.length > MOST_NAMED ? ` and ${found.length - MOST_NAMED} more` : ''}`];
  });
}

const MOST_NAMED = 12;

function missingFrom(release: Release, other: Release): string[] {
  const known = new Set(release.objects.map(identityKey));
  return other.objects.filter((object) => !known.has(identityKey(object))).map(identityTitle).sort();
}
