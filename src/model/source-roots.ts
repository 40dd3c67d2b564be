import { baseName, directoryOf } from '../tree/path';
import { artifactNamed, artifactOrigin, isArtifactGenerator } from './artifact-generators';
import { mappingAt, textAt, type Data } from './fields';
import { resolveTarget } from './kustomization-file';
import type { Repository } from './repository';
import { SourceIndex } from './source-index';
import { isFluxKustomization, sourceReference, type SourceReference } from './sources';

/** What is known of a Flux Kustomization where it is found: its data, and the file that it, or what made it, lies in. */
export interface Located {
  readonly data: Data;
  readonly namespace: string;
  readonly file: string;
}

/**
 * Where the paths of Flux Kustomizations begin. Usually that is the tree's root; but a repository may lie in a folder of
 * another, or be pushed as an artifact from a folder of it. That stands nowhere, and shows by what is there: the folder
 * that the paths of one source are found in.
 */
export class SourceRoots {
  private readonly votes = new Map<string, Map<string, number>>();
  private readonly ownUrls = new Set<string>();
  private readonly isYetToBeBootstrapped: boolean;
  private readonly sources: SourceIndex;
  private readonly hasArtifactGenerators: boolean;

  constructor(private readonly repository: Repository) {
    this.sources = new SourceIndex(repository.objects.filter(({ kind }) => kind !== 'HelmRepository' && kind !== 'HelmChart'));
    this.hasArtifactGenerators = repository.objects.some(isArtifactGenerator);
    const kustomizations = repository.objects.filter(isFluxKustomization).map(({ data, namespace = 'flux-system', file }) => this.atItsOrigin({ data, namespace, file }));
    for (const located of kustomizations) {
      for (const root of this.rootsAbove(located)) this.vote(located, root);
    }
    this.isYetToBeBootstrapped = kustomizations.some(({ data, namespace }) => {
      const reference = sourceReference(data, namespace);
      return reference.name === 'flux-system' && this.sources.named(reference).length === 0;
    });
    for (const located of kustomizations) {
      // what flux bootstrap has written is the tree's own, even where its path is mistyped
      if (BOOTSTRAPPED.test(located.file) || (this.appliesItself(located) && !this.isYetToBeBootstrapped)) this.own(located);
    }
  }

  /** The directory that a Flux Kustomization is built from; undefined where its source is not this tree. */
  pathOf(one: Located): string | undefined {
    const located = this.atItsOrigin(one);
    // where artifacts are copied together in the tree, one that no generator makes is built from nothing here
    if (sourceReference(located.data, located.namespace).kind === 'ExternalArtifact' && this.hasArtifactGenerators) return undefined;
    const path = writtenPath(located.data);
    if (path === undefined || this.isForeign(located, path)) return undefined;
    const root = this.rootOf(located, path);
    return root === undefined ? undefined : resolveTarget(root, path);
  }

  private rootOf(located: Located, path: string): string | undefined {
    const votes = this.votesFor(located);
    const above = this.rootsAbove(located).sort((a, b) => (votes.get(b) ?? 0) - (votes.get(a) ?? 0));
    if (above[0] !== undefined) return above[0];
    const reference = sourceReference(located.data, located.namespace);
    const voted = mostVoted(votes, located.file);
    if (reference.kind !== 'GitRepository') return this.publishedFolder(reference, path) ?? voted;
    return voted ?? '';
  }

  /** The folders on the way from the root to the file that have the path in them. */
  private rootsAbove({ data, file }: Located): string[] {
    const path = writtenPath(data);
    if (path === undefined || path === '') return [''];
    return foldersAbove(file).filter((root) => this.repository.isDirectory(resolveTarget(root, path) ?? '..'));
  }

  /** The folder that an artifact was made of: the only one with the path in it, or the one that the source is named after. */
  private publishedFolder({ name }: SourceReference, path: string): string | undefined {
    if (path === '') return undefined;
    const candidates = this.repository.directories().filter((directory) => directory === path || directory.endsWith(`/${path}`)).map((directory) => directory.slice(0, -path.length).replace(/\/$/, ''));
    const named = candidates.filter((candidate) => baseName(candidate) === name);
    return named.length === 1 ? named[0] : candidates.length === 1 ? candidates[0] : undefined;
  }

  /** What is built from an artifact that an ArtifactGenerator makes, as if it were built from what that one copies. */
  private atItsOrigin(located: Located): Located {
    const reference = sourceReference(located.data, located.namespace);
    if (reference.kind !== 'ExternalArtifact') return located;
    const artifact = artifactNamed(this.repository.objects, reference, located.file);
    const origin = artifact === undefined ? undefined : artifactOrigin(artifact, writtenPath(located.data) ?? '');
    if (origin === undefined) return located;
    return { ...located, data: { ...located.data, spec: { ...mappingAt(located.data, 'spec'), path: origin.path, sourceRef: origin.source } } };
  }

  private isForeign(located: Located, path: string): boolean {
    const reference = sourceReference(located.data, located.namespace);
    const described = this.sources.named(reference);
    if (described.length === 0) return path === '' && this.isYetToBeBootstrapped && reference.name !== 'flux-system';
    // before flux bootstrap the tree's own source stands nowhere, so that those which are described are others
    if (this.ownUrls.size === 0 && this.isYetToBeBootstrapped) return true;
    if (this.ownUrls.size === 0) return path === '' || this.rootsAbove(located).length === 0;
    return !described.some(({ data }) => this.ownUrls.has(repositoryName(data)));
  }

  /** Whether it applies the file that it lies in, as the one that `flux bootstrap` makes does. */
  appliesItself(one: Located): boolean {
    const located = this.atItsOrigin(one);
    const path = writtenPath(located.data);
    // everything lies below the root: there only a name tells bootstrap's own from a tenant's that a patch gives its path
    if (path === '' && !BOOTSTRAPPED.test(located.file)) return false;
    return path !== undefined && this.rootsAbove(located).some((root) => isBelow(located.file, resolveTarget(root, path) ?? '..'));
  }

  private own(located: Located): void {
    const reference = sourceReference(located.data, located.namespace);
    for (const { file, data } of this.sources.named(reference)) {
      if (directoryOf(file) === directoryOf(located.file)) this.ownUrls.add(repositoryName(data));
    }
  }

  private vote(located: Located, root: string): void {
    const votes = this.votesFor(located);
    votes.set(root, (votes.get(root) ?? 0) + 1);
  }

  private votesFor({ data, namespace }: Located): Map<string, number> {
    const { kind, name, namespace: of } = sourceReference(data, namespace);
    const key = `${kind}/${of}/${name}`;
    let votes = this.votes.get(key);
    if (votes === undefined) this.votes.set(key, (votes = new Map()));
    return votes;
  }
}

/** Where flux bootstrap writes what it makes. */
const BOOTSTRAPPED = /(^|\/)(flux-system\/[^/]+|gotk-sync\.yaml)$/;

function writtenPath(data: Data): string | undefined {
  return resolveTarget('', textAt(data, 'spec.path') ?? '');
}

function foldersAbove(file: string): string[] {
  const found = [''];
  for (let slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) found.push(file.slice(0, slash));
  return found;
}

function mostVoted(votes: ReadonlyMap<string, number>, file: string): string | undefined {
  return foldersAbove(file).filter((root) => votes.has(root)).sort((a, b) => votes.get(b)! - votes.get(a)!)[0];
}

function isBelow(file: string, directory: string): boolean {
  return directory === '' || file.startsWith(`${directory}/`);
}

/** A repository's URL without what differs between its spellings: scheme, user, port, `.git`. */
function repositoryName(source: Data): string {
  const url = textAt(source, 'spec.url') ?? textAt(source, 'spec.bucketName') ?? '';
  return url.replace(/^[a-z+]+:\/\//, '').replace(/^[^@/]+@/, '').replace(/:\d+\//, '/').replace(':', '/').replace(/(\.git)?\/?$/, '').toLowerCase();
}
