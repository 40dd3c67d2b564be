import { flowScalar } from '../../yaml/scalar';
import { formatImage, parseImage } from '../../tree/image-reference';
import type { KeptScalar } from './kept-scalars';
import type { Pin } from './pin';

/**
 * What a generated pin holds when it takes a committed one over: the repository that code says, the tag and digest that
 * were committed, in the quotes they were in. Undefined where the committed one cannot say, such as a tag for a digest.
 */
export function carriedValue(slot: Pin, committed: Pin): KeptScalar | undefined {
  const [wanted, given] = [slot.setter?.part, committed.setter?.part];
  if (slot.setter === undefined || committed.setter === undefined) return scalarOf(committed);
  if (wanted === 'name') return undefined;
  if (wanted === undefined) return wholeImage(slot, committed);
  if (wanted === given) return scalarOf(committed);
  const found = given === undefined ? parseImage(committed.value)[wanted] : undefined;
  return found === undefined ? undefined : { value: found, source: flowScalar(found) };
}

function wholeImage(slot: Pin, committed: Pin): KeptScalar | undefined {
  const { repository } = parseImage(slot.value);
  const part = committed.setter?.part;
  if (part === 'name' || part === 'digest') return undefined;
  const image = part === 'tag' ? { repository, tag: committed.value, digest: committed.digest?.value } : parseImage(committed.value);
  if (image.repository === repository && part === undefined) return scalarOf(committed);
  if (image.tag === undefined && image.digest === undefined) return undefined;
  const value = formatImage({ ...image, repository });
  return { value, source: quotedLike(committed.source, value) };
}

function scalarOf({ value, source }: Pin): KeptScalar {
  return { value, source: source.includes('\n') ? flowScalar(value) : source };
}

function quotedLike(source: string, value: string): string {
  const quote = source[0]!;
  return (quote === '"' || quote === "'") && !/["'\\]/.test(value) ? `${quote}${value}${quote}` : flowScalar(value);
}

/** The tag in a pin's value, if it has one. */
export function tagOf(slot: Pin, value: string): string | undefined {
  if (slot.setter?.part === 'tag') return value;
  return slot.setter !== undefined && slot.setter.part === undefined ? parseImage(value).tag : undefined;
}

/** The different values that a pin would take over from others. */
export function distinctValues(slot: Pin, pins: readonly Pin[]): string[] {
  return [...new Set(pins.map((pin) => carriedValue(slot, pin)!.value))];
}
