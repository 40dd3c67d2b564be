/** What can go wrong by a user's doing, for programs; a code is never reworded. */
export type ErrorCode =
  | 'several'
  // the tree
  | 'path-invalid' | 'path-taken' | 'object-taken' | 'path-leaves-root' | 'path-through-symlink'
  // YAML
  | 'yaml-invalid' | 'value-not-yaml' | 'marker-misplaced' | 'file-malformed'
  // publishing
  | 'foreign-file' | 'hand-edit' | 'pin-ambiguous' | 'pin-conflict' | 'publish-locked' | 'outdir-overlaps' | 'write-failed' | 'git-failed' | 'not-in-git' | 'file-unreadable'
  // constructs
  | 'name-invalid' | 'label-invalid' | 'quantity-invalid' | 'duration-invalid' | 'value-invalid' | 'wrong-scope' | 'reference-invalid'
  | 'schedule-without-seconds' | 'schedule-invalid' | 'depends-on-cycle' | 'depends-on-deadlock' | 'release-mismatch' | 'field-unknown-to-release'
  | 'api-unknown-to-release' | 'marker-without-policy' | 'policy-in-other-namespace' | 'patch-invalid'
  | 'secret-in-plaintext' | 'not-encrypted' | 'decryption-missing' | 'digest-mismatch' | 'download-failed' | 'branch-unusable' | 'backup-missing'
  | 'variable-unset' | 'check-failed' | 'recovery-overwrites-source' | 'archive-taken' | 'schedule-never-fires'
  // the command line
  | 'usage' | 'project-invalid' | 'settings-invalid' | 'app-failed' | 'tool-missing' | 'build-failed';

const USER_ERROR: unique symbol = Symbol.for('fluxwright.UserError');

/** A failure the user can fix. The CLI prints it without a stack; any other error is our bug. */
export class UserError extends Error {
  override readonly name = 'UserError';

  /** Brand, since two copies of the package must still know each other. */
  readonly [USER_ERROR] = true;

  /**
   * @param code what went wrong, for programs; never reworded
   * @param problem what went wrong, with the construct path or file:line and the offending value
   * @param fix what to change, as an instruction
   */
  constructor(readonly code: ErrorCode, readonly problem: string, readonly fix: string) {
    super(fix === '' ? problem : `${problem}\n  fix: ${fix}`);
  }

  static is(error: unknown): error is UserError {
    return typeof error === 'object' && error !== null && USER_ERROR in error;
  }

  /** One error for several problems; the only one is returned as it is. */
  static all(errors: readonly UserError[]): UserError {
    const [first, ...rest] = errors;
    if (first !== undefined && rest.length === 0) return first;
    return new UserError('several', errors.map((error) => error.message).join('\n'), '');
  }
}

