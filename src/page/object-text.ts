import { UserError } from '../errors';
import { visible } from '../visible';
import { writeDocuments } from '../yaml/write';

/** No person reads on after that; a CRD is rarely longer. */
const MOST_CHARACTERS = 400_000;

/**
 * Data as the YAML that a page shows; text as it is. Every line is there, with what cannot be seen written out. What secrets
 * it holds has to be hidden already.
 */
export function shownText(content: unknown): string {
  if (content === undefined) return '';
  const text = typeof content === 'string' ? content : yamlOf(content);
  const cut = text.length <= MOST_CHARACTERS ? text : `${text.slice(0, text.lastIndexOf('\n', MOST_CHARACTERS) + 1)}# and ${text.length - MOST_CHARACTERS} more characters`;
  const lines = cut.replace(/\n$/, '').split('\n').map((line) => visible(line, MOST_CHARACTERS));
  return cut === '' ? '' : `${lines.join('\n')}\n`;
}

function yamlOf(content: unknown): string {
  try {
    return writeDocuments([content]).text;
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return `${JSON.stringify(content, null, 2)}\n`; // not everything that a file holds can be written as YAML by us
  }
}

/** The images in a YAML text, by whatever field. */
export function imagesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/^\s*(?:- )?image: (\S+)/gm)].map(([, image]) => image!.slice(0, 300)))].slice(0, 20);
}
