/** Characters that would move the cursor, colour the terminal, begin a line, or turn around what is read. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/**
 * Text from files that anybody may have written, for a terminal or a log: on one line, with what cannot be seen written out.
 * @param most how many characters are shown
 */
export function visible(text: string, most = 500): string {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text;
  return shown.replace(INVISIBLE, (character) => (character === '\t' ? ' ' : character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
}
