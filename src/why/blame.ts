import type { Authors } from '../history/authorship';
import { readLastCommit } from '../history/read-commits';
import type { Git } from '../tree/git';
import type { ToldCommit } from './answer';

/** Tells which commits files and lines have got what they have from. */
export class Blame {
  private readonly boundary: ReadonlySet<string>;

  constructor(private readonly git: Git, private readonly authors: Authors) {
    this.boundary = git.isShallow ? git.boundary() : new Set();
  }

  /** The commit that a line of the working copy is from; undefined for one that is not committed. */
  ofLine(path: string, line: number): ToldCommit | undefined {
    const output = this.git.blame(path, line)?.toString('utf8');
    const id = /^[0-9a-f]+/.exec(output ?? '')?.[0];
    return id === undefined || /^0+$/.test(id) ? undefined : this.tell(id, undefined);
  }

  /** The last commit that changed a file; undefined for one that is in none. */
  ofFile(path: string): ToldCommit | undefined {
    return this.git.resolve('HEAD') === undefined ? undefined : this.tell('HEAD', path);
  }

  private tell(revision: string, path: string | undefined): ToldCommit | undefined {
    const commit = readLastCommit(this.git, revision, path);
    return commit === undefined ? undefined : { commit, by: this.authors.of(commit), isEnd: this.boundary.has(commit.id) };
  }
}
