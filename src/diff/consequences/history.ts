/** What Git tells of the commits between the two states, and before them. */
export interface History {
  /** Who changed a file between the states, the latest first; undefined for the working tree, which nobody has committed yet. */
  authorsOf(file: string): readonly (Author | undefined)[];
  /** Whether a text stood in one of these files in any commit before the later state. */
  everHad(text: string, files: readonly string[]): boolean;
}

export interface Author {
  readonly name: string;
  readonly email: string;
  /** The short id of the commit. */
  readonly commit: string;
}
