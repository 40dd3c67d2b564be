import type { Git } from '../tree/git';
import type { Commit, FileChange } from './commit';

/** A signature of a record and of a field: no text of a commit has them, or they are taken for the end of one. */
const [RECORD, FIELD] = ['\x1e', '\x1f'];

/** Every commit that a revision is made of, children before parents, by id. */
export function readCommits(git: Git, revision: string): ReadonlyMap<string, Commit> {
  return new Map(parse(git.log(revision, ['--topo-order', FORMAT])).map((commit) => [commit.id, commit]));
}

/** The last commit of a revision, or the last that changed a path; undefined if there is none. */
export function readLastCommit(git: Git, revision: string, path?: string): Commit | undefined {
  return parse(git.log(revision, ['--max-count=1', FORMAT], path === undefined ? [] : [path]))[0];
}

const FORMAT = `--format=${['%H', '%P', '%an', '%ae', '%at', '%ct', '%s', '%b'].join(FIELD)}${RECORD}`;

function parse(output: Buffer): Commit[] {
  return output.toString('utf8').split(`${RECORD}\n`).filter((record) => record !== '').map((record) => {
    const [id = '', parents = '', name = '', email = '', authored = '0', committed = '0', subject = '', ...body] = record.split(FIELD);
    return commitOf({ id, parents, name, email, authored, committed, subject, body: body.join(FIELD) });
  });
}

function commitOf(text: Readonly<Record<'id' | 'parents' | 'name' | 'email' | 'authored' | 'committed' | 'subject' | 'body', string>>): Commit {
  const message = `${text.subject}\n${text.body}`;
  return {
    id: text.id,
    parents: text.parents.split(' ').filter((id) => id !== ''),
    author: { name: text.name, email: text.email },
    authored: Number(text.authored) * 1000,
    committed: Number(text.committed) * 1000,
    subject: text.subject,
    reverts: /^This reverts commit ([0-9a-f]{7,64})/m.exec(text.body)?.[1],
    skipsCi: /\[(ci skip|skip ci|no ci|skip actions|actions skip)\]/i.test(message),
  };
}

/** What each commit changes below the root, a merge being compared with the branch that it was made on. */
export function readChanges(git: Git, revision: string): ReadonlyMap<string, readonly FileChange[]> {
  const output = git.log(revision, ['--topo-order', `--format=${RECORD}%H`, '--raw', '-r', '-z', '--no-abbrev', '--no-renames', '--relative', '--root', '--diff-merges=first-parent']);
  const found = new Map<string, FileChange[]>();
  let changes: FileChange[] = [];
  const fields = output.toString('utf8').split('\0');
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at]!.replace(/^\n/, '');
    if (field.startsWith(RECORD)) found.set(field.slice(1).trim(), (changes = []));
    else if (field.startsWith(':')) changes.push(changeOf(field, fields[++at]!));
  }
  return found;
}

/** `:100644 100644 BEFORE AFTER M`, and a path. */
function changeOf(field: string, path: string): FileChange {
  const [, , before = '', after = ''] = field.split(' ');
  return { path, before: idOf(before), after: idOf(after) };
}

function idOf(id: string): string | undefined {
  return /^0+$/.test(id) ? undefined : id;
}
