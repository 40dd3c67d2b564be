import { visible } from '../visible';

/** Text from files as code in a line, whatever it holds; fit for a cell of a table. */
export function code(text: string): string {
  const shown = visible(text, 300).replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  return fence.length === 1 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

export function codes(texts: readonly string[], most = 5): string {
  const unique = [...new Set(texts)];
  const shown = unique.slice(0, most).map(code).join(', ');
  return unique.length > most ? `${shown} and ${unique.length - most} more` : shown;
}

/** Rows of cells that are Markdown already, each once; nothing without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [[`| ${head.join(' | ')} |`, `|${head.map(() => ' --- ').join('|')}|`, ...new Set(rows.map((row) => `| ${row.join(' | ')} |`))].join('\n')];
}

/** Lines to type. */
export function shell(...lines: readonly string[]): string {
  const shown = lines.map((line) => visible(line, 2000));
  const fence = '`'.repeat(Math.max(3, ...shown.map((line) => Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length + 1)))));
  return `${fence}sh\n${shown.join('\n')}\n${fence}`;
}

/** A heading with what stands below it; nothing where there is nothing. */
export function section(title: string, ...blocks: readonly string[]): string[] {
  return blocks.length === 0 ? [] : [`## ${title}`, ...blocks];
}
