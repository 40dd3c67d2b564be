/** A piece of a text, and what is to stand in its place. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Makes edits that do not overlap; every other byte stays. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let [result, at] = ['', 0];
  for (const edit of [...edits].sort((a, b) => a.from - b.from)) {
    result += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return result + text.slice(at);
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The piece that the lines of a value take, from the start of its first line to that of the next one. */
export function wholeLines(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  const end = text[to - 1] === '\n' ? to : text.indexOf('\n', to) + 1;
  return { from: text.lastIndexOf('\n', from - 1) + 1, to: end === 0 ? text.length : end };
}
