import type { RuleGroup } from '../checks/index';
import type { Rule } from '../checks/rule';

type Paint = Readonly<Record<'bold' | 'underline', (text: string) => string>>;

/** Every rule by what it is about, with what it is for in as few words as its `why` begins with. */
export function ruleList(groups: readonly RuleGroup[], width: number, paint: Paint): string {
  const rules = groups.flatMap((group) => group.rules);
  const column = Math.max(...rules.map(({ id }) => id.length));
  const isNarrow = width < column + SEVERITY + LEAST;
  const line = ({ id, severity, why }: Rule): string => {
    const indent = isNarrow ? 4 : column + SEVERITY;
    const words = wrapped(firstClause(why), Math.max(LEAST, width - indent)).join(`\n${' '.repeat(indent)}`);
    return `  ${severity.padEnd(7)}  ${paint.bold(isNarrow ? id : id.padEnd(column))}${isNarrow ? `\n${' '.repeat(indent)}` : '  '}${words}`;
  };
  const lists = groups.map(({ title, rules: all }) => [paint.underline(title), ...all.map(line)].join('\n'));
  return [...lists, 'fluxwright explain RULE says why, with an example, and what to do.'].join('\n\n');
}

/** What stands beside the id: the margin, the severity, and the gaps. */
const SEVERITY = 13;

/** Fewer letters than that are no line. */
const LEAST = 30;

/** The first thing that a sentence says: up to where it goes on after a colon, a semicolon or a full stop. */
function firstClause(why: string): string {
  return /^(.{25,}?)(?:[:;] |\. |\.?$)/s.exec(why)?.[1] ?? why;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
