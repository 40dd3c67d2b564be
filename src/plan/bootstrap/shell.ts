/** A word of a command line, quoted where a shell would take it for more. */
export function shellWord(text: string): string {
  return /^[\w./:@=,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A command of words that are fit for a shell already. */
export function command(...words: readonly (string | undefined)[]): string {
  return words.flatMap((word) => (word === undefined ? [] : [word])).join(' ');
}

/** `--name=value`; nothing for a value that is not known. */
export function option(name: string, value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : `--${name}=${shellWord(value)}`;
}

/** A variable of the shell that a person sets before, named after what it holds. */
export function variable(name: string): string {
  return `"$${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_').replace(/^_+|_+$/g, '').replace(/^(?=\d)/, '_')}"`;
}
