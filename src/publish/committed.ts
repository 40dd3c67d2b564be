import { ManifestFile, type File } from '../tree/file';
import { Git, type Operation, type UnmergedFile } from '../tree/git';
import type { Entries } from '../tree/git-output';
import { hasConflictMarkers, splitConflict } from './conflict-markers';
import { isGenerated, readHeader } from '../tree/header';
import { InterruptedRun, type KeptText } from './interrupted-run';
import { ListedFiles } from './listed-files';
import { mayHoldPins, pinsOf, type Pin } from './pins/pin';
import { PinIndex } from './pins/pin-index';
import type { Tree } from '../tree/tree';
import { WorkingCopy } from './working-copy';

export interface ProjectPlace {
  /** The root of the tree, absolute. */
  readonly root: string;
  /** The project's id, as in the first line of its files. */
  readonly project: string;
  /** Where the project's files lie, from the root; '' is the root itself. */
  readonly directory: string;
}

/** What is there before publishing: the working copy, and the repository behind it. Nothing is read before it is asked for. */
export class Committed {
  readonly disk: WorkingCopy;
  readonly git: Git | undefined;
  /** Whether there is a repository, but no git to read it with. */
  readonly isGitMissing: boolean;
  readonly listPath: string;
  private readonly blobPins = new Map<string, readonly Pin[]>();
  private list?: ListedFiles;
  private readonly held = new Map<File, boolean>();
  /** What was read and may be asked for again. */
  private readonly read = new Map<string, Buffer>();
  private readonly answers = new Map<string, unknown>();

  constructor(readonly place: ProjectPlace, private readonly tree: Tree) {
    this.disk = new WorkingCopy(place.root, place.directory);
    const git = Git.around(place.root);
    this.isGitMissing = git !== undefined && !git.isInstalled;
    this.git = this.isGitMissing ? undefined : git;
    this.listPath = ListedFiles.path(place.project, place.directory);
  }

  /** Files that Git could not merge. */
  get unmerged(): ReadonlyMap<string, UnmergedFile> {
    return this.once('unmerged', () => this.git?.unmerged() ?? new Map<string, UnmergedFile>());
  }

  /** Whether a branch is checked out, or is being rebased; where none is, as in CI, whether its tip is. */
  isOnBranch(branch: string): boolean {
    return this.once(`branch ${branch}`, () => this.git?.isOnBranch(branch) ?? false);
  }

  /** Whether Git waits for a person to finish a merge, rebase, cherry-pick, revert or stash. */
  get isMerging(): boolean {
    return this.unmerged.size > 0 || this.operation !== undefined;
  }

  get operation(): Operation | undefined {
    return this.once('operation', () => this.git?.operation());
  }

  /** What HEAD has where the index says otherwise. */
  get replaced(): Entries {
    return this.once('replaced', () => this.git?.replacedInIndex(this.place.directory) ?? new Map<string, string>());
  }

  get index(): Entries | undefined {
    return this.once('index', () => this.git?.index());
  }

  get head(): Entries | undefined {
    return this.once('head', () => this.git?.commit('HEAD'));
  }

  /** What a run that was killed has kept of the files that lose pins; they may be written already. */
  get interrupted(): readonly KeptText[] {
    return this.once('interrupted', () => new InterruptedRun(this.place).read());
  }

  private once<T>(question: string, ask: () => T): T {
    if (!this.answers.has(question)) this.answers.set(question, ask());
    return this.answers.get(question) as T;
  }

  /** The list of own files without a first line of their own; where it is gone, as Git has it. */
  get listed(): ListedFiles {
    return (this.list ??= this.readList());
  }

  /** Whether the project wrote what lies at `path`. */
  isOwn(path: string, bytes: Buffer): boolean {
    const text = bytes.toString('utf8');
    const isOurs = (version: string): boolean => isGenerated(version, this.place.project, path);
    if (isOurs(text) || this.listed.has(path, bytes) || this.isRenamedByGit(path, bytes, text)) return true;
    // A conflict may reach up to the first line.
    return hasConflictMarkers(text) ? isOurs(splitConflict(text).ours) || isOurs(splitConflict(text).theirs) || this.isMergedFromOwn(path) : this.isMergedFromOwn(path);
  }

  /** A file that Git takes for renamed has the first line of another path, and after a merge by hand perhaps the bytes of one side. */
  private isRenamedByGit(path: string, bytes: Buffer, text: string): boolean {
    const halves = hasConflictMarkers(text) ? [splitConflict(text).ours, splitConflict(text).theirs] : [text];
    const former = halves.map((half) => readHeader(half)?.path).find((one, index) => one !== undefined && isGenerated(halves[index]!, this.place.project, one));
    if (former === undefined || !this.isMerging) return false;
    if (this.unmerged.has(path)) return true;
    if (!this.tree.has(path)) return false;
    const ids = [this.head, ...this.theirs].map((entries) => entries?.get(former)).filter((id) => id !== undefined);
    const blobs = ids.length === 0 ? undefined : this.git!.read(ids);
    return ids.some((id) => blobs!.get(id)?.equals(bytes));
  }

  /** What the other sides of a merge have. */
  private get theirs(): readonly (Entries | undefined)[] {
    return this.once('theirs', () => this.operation?.theirs.map((revision) => this.git!.commit(revision)) ?? []);
  }

  /** A listed file that Git merged, or could not merge, has another hash than either side. */
  private isMergedFromOwn(path: string): boolean {
    if (!this.listed.names(path) || !this.isMerging) return false;
    const { ours, theirs } = this.unmerged.get(path) ?? {};
    const ids = [ours, theirs, this.head?.get(path), ...this.theirs.map((entries) => entries?.get(path))].filter((id) => id !== undefined);
    const blobs = ids.length === 0 ? new Map<string, Buffer>() : this.git!.read(ids);
    return ids.length > 0 && ids.every((id) => blobs.get(id) !== undefined && this.listed.has(path, blobs.get(id)!));
  }

  /** Whether the very bytes of a file of the tree, as generated, lie at its path. Asked first, so that they are read once. */
  holds(file: File): boolean {
    const known = this.held.get(file);
    if (known !== undefined) return known;
    const bytes = this.contents(file.path);
    const isHeld = bytes !== undefined && bytes.equals(file.bytes);
    this.held.set(file, isHeld);
    if (isHeld) this.read.delete(file.path);
    return isHeld;
  }

  /** What lies at a path, if a file does. */
  contents(path: string): Buffer | undefined {
    const known = this.read.get(path);
    if (known !== undefined) return known;
    const bytes = this.disk.obstacle(path) === undefined && this.disk.type(path) === 'file' ? this.disk.read(path) : undefined;
    if (bytes !== undefined) this.read.set(path, bytes);
    return bytes;
  }

  /** Own files of the working copy that the tree does not have, any more. */
  get stale(): ReadonlyMap<string, Buffer> {
    return this.once('stale', () => this.findStale());
  }

  private findStale(): Map<string, Buffer> {
    const stale = new Map<string, Buffer>();
    const isCandidate = (path: string): boolean => /\.ya?ml$/.test(path) && !this.tree.has(path);
    const listed = [...this.listed.paths, ...this.listed.elsewhere].filter((path) => !this.tree.has(path));
    for (const path of [...new Set([...this.disk.files.filter(isCandidate), ...listed])].sort()) {
      const bytes = this.contents(path);
      if (bytes !== undefined && this.isOwn(path, bytes)) stale.set(path, bytes);
    }
    return stale;
  }

  /** Pins in files that somebody else wrote: the last place to look for what a pin was, such as the hand-written file before it. */
  foreignPins(): PinIndex {
    const index = new PinIndex('files of others');
    for (const path of this.disk.files.filter((file) => this.isWanted(file))) {
      const bytes = this.disk.read(path);
      const text = bytes.toString('utf8');
      if (mayHoldPins(text) && !this.isOwn(path, bytes)) for (const pin of readablePins(path, text)) index.add(pin);
    }
    const gone = [...(this.head ?? [])].filter(([path]) => this.isWanted(path) && this.disk.type(path) === undefined);
    const blobs = gone.length === 0 ? undefined : this.git!.read(gone.map(([, id]) => id));
    for (const [path, id] of gone) {
      const text = blobs?.get(id)?.toString('utf8') ?? '';
      if (mayHoldPins(text)) for (const pin of readablePins(path, text)) index.add(pin);
    }
    for (const pin of this.pinsElsewhere()) index.add(pin);
    return index;
  }

  /** Pins in files of this project outside of its directory: it had another one before. */
  private pinsElsewhere(): readonly Pin[] {
    const outside = [...(this.head ?? [])].filter(([path]) => /\.ya?ml$/.test(path) && !this.isWanted(path));
    const blobs = outside.length === 0 ? undefined : this.git!.read(outside.map(([, id]) => id));
    return outside.flatMap(([path, id]) => {
      const text = blobs?.get(id)?.toString('utf8') ?? '';
      return mayHoldPins(text) && isGenerated(text, this.place.project, path) ? readablePins(path, text) : [];
    });
  }

  /** Whether a file can hold pins of this project. */
  isWanted(path: string): boolean {
    return this.tree.has(path) || ((this.place.directory === '' || path.startsWith(`${this.place.directory}/`)) && /\.ya?ml$/.test(path));
  }

  /** The own pins in a state of the repository; `entries` are its paths and object ids. */
  pinsAt(name: string, entries: Entries): PinIndex {
    const wanted = [...entries].filter(([path]) => this.isWanted(path));
    const blobs = this.git!.read(wanted.map(([, id]) => id));
    const textAt = (path: string): string | undefined => {
      const id = this.isWanted(path) ? entries.get(path) : undefined;
      const text = id === undefined ? undefined : this.git!.read([id]).get(id)?.toString('utf8');
      return text !== undefined && (this.tree.has(path) || isGenerated(text, this.place.project, path)) ? text : undefined;
    };
    const index = new PinIndex(name, [], textAt);
    for (const [path, id] of wanted) for (const pin of this.pinsOfBlob(path, id, blobs.get(id))) index.add(pin);
    return index;
  }

  /** The own pins of a whole commit; none where there is no such commit here. */
  pinsOf(revision: string): PinIndex {
    return this.once(`pins of ${revision}`, () => {
      const entries = revision === 'HEAD' ? this.head : this.git?.commit(revision);
      return entries === undefined ? new PinIndex(revision) : this.pinsAt(revision, entries);
    });
  }

  private pinsOfBlob(path: string, id: string, bytes: Buffer | undefined): readonly Pin[] {
    const key = `${id} ${path}`;
    const known = this.blobPins.get(key);
    if (known !== undefined) return known;
    const text = bytes?.toString('utf8') ?? '';
    const isOurs = mayHoldPins(text) && (this.tree.has(path) || isGenerated(text, this.place.project, path));
    const pins = isOurs ? readablePins(path, text) : [];
    this.blobPins.set(key, pins);
    return pins;
  }

  private readList(): ListedFiles {
    const path = this.listPath;
    if (this.disk.type(path) === 'file') {
      const list = ListedFiles.parse(this.disk.read(path).toString('utf8'));
      for (const id of Object.values(this.unmerged.get(path) ?? {})) list.addAll(this.listAt(id));
      return list;
    }
    const id = this.disk.files.length > 0 ? (this.index?.get(path) ?? this.head?.get(path)) : undefined;
    return this.listAt(id);
  }

  private listAt(id: string | undefined): ListedFiles {
    return ListedFiles.parse(id === undefined ? '' : (this.git!.read([id]).get(id)?.toString('utf8') ?? ''));
  }
}

/** History may hold what is no YAML; that is then no source of pins. */
function readablePins(path: string, text: string): Pin[] {
  const texts = hasConflictMarkers(text) ? [splitConflict(text).ours, splitConflict(text).theirs] : [text];
  return texts.flatMap((side) => {
    try {
      return pinsOf(ManifestFile.fromText(path, side));
    } catch {
      return [];
    }
  });
}
