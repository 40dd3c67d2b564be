/** A .gitignore with lines that it lacks, at its end. */
export function withIgnored(text: string, wanted: readonly string[]): string {
  const has = new Set(text.split(/\r?\n/).map(bare));
  const missing = wanted.filter((line) => line !== '' && !has.has(bare(line)));
  if (missing.length === 0) return text;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${missing.join(end)}${end}`;
}

/** Without the slashes that say less than the name. */
function bare(line: string): string {
  return line.trim().replace(/^\/|\/$/g, '');
}
