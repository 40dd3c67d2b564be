import { UserError } from '../errors';
import type { Committed } from './committed';
import { sameObjects, unifiedDiff } from './differences';
import type { File } from '../tree/file';
import { isGenerated, readHeader } from '../tree/header';
import type { Replacement } from './hand-edits';
import { ListedFiles, sha256, withoutCarriageReturns } from './listed-files';
import type { Tree } from '../tree/tree';

/** What publishing would do, worked out before anything is done. */
export interface PublicationPlan {
  readonly created: readonly File[];
  readonly changed: readonly (Replacement & { readonly after: Buffer })[];
  readonly deleted: readonly Replacement[];
  readonly unchanged: number;
  /** Files that are taken over from somebody else, which are no hand edits of our own. */
  readonly adopted: ReadonlySet<string>;
  /** The list as it is to be; undefined if there is nothing to list. */
  readonly list: ListedFiles;
  readonly notes: readonly string[];
  readonly problems: readonly UserError[];
}

/**
 * @param texts the files whose text differs from the generated one, in pins
 * @param isAdopted whether a foreign file at a path is to be taken over
 */
export function planPublication(tree: Tree, texts: ReadonlyMap<string, string>, committed: Committed, isAdopted: (path: string) => boolean): PublicationPlan {
  const created: File[] = [];
  const changed: (Replacement & { after: Buffer })[] = [];
  const adopted = new Set<string>();
  const notes: string[] = [];
  const problems: UserError[] = [];
  const list = new ListedFiles();
  let unchanged = 0;

  for (const file of tree) {
    const { path } = file;
    const isPlain = file.type === 'manifests' && !texts.has(path) && isGenerated(file.text, committed.place.project, path);
    if (isPlain && committed.holds(file)) {
      if (!isFound(path, committed)) list.elsewhere.add(path);
      unchanged++;
      continue;
    }
    const obstacle = committed.disk.obstacle(path);
    if (obstacle !== undefined) {
      if (file.props.placeholder !== true) problems.push(obstacle);
      continue;
    }
    const before = committed.contents(path);
    if (before === undefined) {
      enlist(list, file, texts, committed);
      created.push(file);
      continue;
    }
    const after = bytesOf(file, texts);
    const isOurs = committed.isOwn(path, before);
    const isEqual = before.equals(after) || withoutCarriageReturns(before).equals(after);
    if (isOurs || isAdopted(path)) enlist(list, file, texts, committed);
    if (isEqual) unchanged++;
    else if (isOurs) changed.push({ path, before, after });
    else if (file.props.placeholder === true) unchanged++;
    else if (isAdopted(path)) {
      changed.push({ path, before, after });
      adopted.add(path);
      if (!holdsSameObjects(file, before, after)) notes.push(`adopted ${path}, which was:\n${unifiedDiff(path, before, after)}`);
    } else problems.push(foreignFile(file, before, committed));
  }
  const deleted = [...committed.stale].filter(([path]) => path !== committed.listPath).map(([path, before]) => ({ path, before, after: undefined }));
  return { created, changed, deleted, unchanged, adopted, list, notes, problems };
}

function bytesOf(file: File, texts: ReadonlyMap<string, string>): Buffer {
  const text = texts.get(file.path);
  return text === undefined ? file.bytes : Buffer.from(text, 'utf8');
}

function enlist(list: ListedFiles, file: File, texts: ReadonlyMap<string, string>, committed: Committed): void {
  const isMarked = file.type === 'manifests' && isGenerated(texts.get(file.path) ?? file.text, committed.place.project, file.path);
  if (!isMarked) list.add(file.path, sha256(bytesOf(file, texts)));
  else if (!isFound(file.path, committed)) list.elsewhere.add(file.path);
}

/** Whether a later run finds the file by itself, when it has left the tree. */
function isFound(path: string, { place }: Committed): boolean {
  return (place.directory === '' || path.startsWith(`${place.directory}/`)) && /\.ya?ml$/.test(path);
}

function holdsSameObjects(file: File, before: Buffer, after: Buffer): boolean {
  return file.type === 'manifests' && sameObjects(file.path, before.toString('utf8'), after.toString('utf8'));
}

function foreignFile(file: File, before: Buffer, committed: Committed): UserError {
  const header = readHeader(before.toString('utf8'));
  const what = header === undefined ? 'somebody else wrote' : header.path === file.path && header.project === committed.place.project ? 'SOPS has encrypted since' : `${header.project} generated as ${header.path}`;
  const by = file.props.claimedBy === undefined ? '' : `${file.props.claimedBy} wants to write `;
  return new UserError('foreign-file', `${by}${file.path}, where a file lies that ${what}`, `move it away, or take it over: fluxwright synth --adopt ${file.path}`);
}
