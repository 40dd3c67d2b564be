/** A field of a kustomization.yaml, as it is written. */
export interface Section {
  readonly key: string;
  /** What stands behind the colon of its first line. */
  readonly rest: string;
  /** The lines below, without comments that belong to the next field. */
  readonly body: readonly string[];
}

/** Fields, and the lines between them. */
export type Part = Section | string;

/** A kustomization.yaml in parts that make the text when they are put together again. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let section: { key: string; rest: string; body: string[] } | undefined;
  const close = (): void => {
    if (section === undefined) return;
    const trailing: string[] = [];
    while (section.body.length > 0 && /^(#.*|\s*)$/.test(section.body.at(-1)!)) trailing.unshift(section.body.pop()!);
    parts.push(section, ...trailing);
    section = undefined;
  };
  for (const line of text.split('\n')) {
    const match = /^["']?([A-Za-z][\w.-]*)["']?[ \t]*:(?=\s|$)(.*)$/.exec(line);
    if (match !== null) {
      close();
      section = { key: match[1]!, rest: match[2]!, body: [] };
    } else if (section === undefined) parts.push(line);
    else section.body.push(line);
  }
  close();
  return parts;
}

export function textOfParts(parts: readonly Part[]): string {
  return parts.flatMap((part) => (typeof part === 'string' ? [part] : [`${part.key}:${part.rest}`, ...part.body])).join('\n');
}

export function sectionOf(parts: readonly Part[], key: string): Section | undefined {
  return parts.find((part): part is Section => typeof part !== 'string' && part.key === key);
}

/** The lines of a list; undefined for one that is written in one line. */
export function listLines({ rest, body }: Section): readonly string[] | undefined {
  const isBlock = /^\s*(#.*)?$/.test(rest) && body.some((line) => /^\s*-(\s|$)/.test(line));
  return isBlock ? body : undefined;
}

/** How far the items of a list are indented. */
export function dashIndent(lines: readonly string[]): number {
  return /^ */.exec(lines.find((line) => /^\s*-(\s|$)/.test(line)) ?? '')![0].length;
}

/** Lines moved to another indentation of their items. */
export function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line.trim() === '' ? line : by >= 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, /^ */.exec(line)![0].length))));
}
