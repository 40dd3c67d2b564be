import { NEWLINE, NotPlain, SPACE, TAB, type PlainLines } from './read-plain-lines';

const HEADER = /([|>])([-+]?)([1-9]?)([-+]?)/y;

/** A literal or folded scalar whose header is at the place. */
export function blockScalar(lines: PlainLines, parent: number): string {
  HEADER.lastIndex = lines.at;
  const [header, style, before, indent, behind] = HEADER.exec(lines.text) ?? [];
  if (header === undefined || (before !== '' && behind !== '')) throw new NotPlain();
  lines.at += header.length;
  lines.skipComment();
  lines.at++;
  const content = contentLines(lines, parent, indent === '' ? undefined : parent + Number(indent));
  const all = content.length;
  while (content.at(-1) === '') content.pop();
  if (content.length === 0 || content.at(-1)!.trim() === '') throw new NotPlain();
  const end = { '': '\n', '-': '', '+': '\n'.repeat(all - content.length + 1) }[before! + behind!]!;
  return (style === '|' ? content.join('\n') : folded(content)) + end;
}

/** The lines without their indent, with those at the end that are empty. */
function contentLines(lines: PlainLines, parent: number, explicit: number | undefined): string[] {
  const { text } = lines;
  const content: string[] = [];
  let indent = explicit;
  let widestEmpty = 0;
  let at = lines.at;
  while (at < text.length) {
    let begin = at;
    while (text.charCodeAt(begin) === SPACE) begin++;
    const column = begin - at;
    if (text.charCodeAt(begin) === NEWLINE) {
      widestEmpty = Math.max(widestEmpty, column);
      content.push(indent === undefined ? '' : text.slice(at + indent, begin));
      at = begin + 1;
      continue;
    }
    if (column <= parent) break;
    if (indent === undefined && widestEmpty > column) throw new NotPlain();
    indent ??= column;
    if (column < indent) throw new NotPlain(); // a comment, or a mistake
    const end = text.indexOf('\n', begin);
    content.push(text.slice(at + indent, end));
    at = end + 1;
  }
  if (at >= text.length && lines.isOpen) throw new NotPlain(); // whose last line end is missing, or not
  lines.at = at - 1;
  lines.next();
  return content;
}

/** Lines as one, but for empty ones and those that are further in. */
function folded(content: readonly string[]): string {
  const parts: string[] = [];
  let empty = 0;
  let wasIndented = false;
  for (const line of content) {
    if (line === '') {
      empty++;
      continue;
    }
    const first = line.charCodeAt(0);
    const isIndented = first === SPACE || first === TAB;
    if (isIndented && line.trim() === '') throw new NotPlain();
    const isFirst = parts.length === 0;
    if (isFirst || isIndented || wasIndented) parts.push('\n'.repeat(isFirst ? empty : empty + 1), line);
    else parts.push(empty === 0 ? ' ' : '\n'.repeat(empty), line);
    [empty, wasIndented] = [0, isIndented];
  }
  return parts.join('');
}
