import { Scalar } from 'yaml';
import { flowScalar } from './scalar';

/** A scalar for a document that is edited: a text that every reader of YAML takes for one. */
export function textScalar(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = flowScalar(text) === text ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** An edited text with the ends of lines that it had before. */
export function withLineEndsOf(before: string, edited: string): string {
  return before.includes('\r\n') ? edited.replace(/\r?\n/g, '\r\n') : edited;
}
