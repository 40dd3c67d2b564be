/** Somebody, as Git has them. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** A commit, without what it changes. */
export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  /** When it was written, in milliseconds since 1970. A rebase or a cherry-pick leaves it as it is. */
  readonly authored: number;
  /** When it was made, in milliseconds since 1970. */
  readonly committed: number;
  readonly subject: string;
  /** The commit that it takes back, as its message says. */
  readonly reverts: string | undefined;
  /** Whether its message keeps CI from running, as Flux's image automation is often told to. */
  readonly skipsCi: boolean;
}

/** A file that a commit changes, compared with its first parent. */
export interface FileChange {
  readonly path: string;
  /** Git's id of the contents; undefined where there is no such file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}
