/** A word of a command that is shown to be copied, as a POSIX shell reads it back. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./][\w@%+=:,./#-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
