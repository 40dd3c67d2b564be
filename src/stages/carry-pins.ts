import { stateOf } from '../pins/find-pins';
import { withValue } from '../pins/turn-pins';
import type { Pin } from '../publish/pins/pin';
import { pinFromOption } from '../publish/pins/pin-words';
import { parseImage } from '../tree/image-reference';

/** The value that a pin of one stage gives to the pin of another: tag and digest; the name of an image belongs to its stage. */
export function valueFor(to: Pin, from: Pin): string | undefined {
  const version = versionOf(from);
  return version === undefined ? undefined : pinFromOption(to, version)?.value;
}

function versionOf({ setter, value, digest }: Pin): string | undefined {
  if (setter?.part === 'name') return undefined;
  if (setter?.part === 'digest') return value;
  if (setter?.part === 'tag') return digest === undefined ? value : `${value}@${digest.value}`;
  const image = parseImage(value);
  if (image.tag === undefined) return image.digest;
  return image.digest === undefined ? image.tag : `${image.tag}@${image.digest}`;
}

/**
 * The pin of the next stage that is the same as one of this stage: in the same file, object and field; else the only one of
 * an object of that kind and name, at that field.
 * @param place the path of the file in the next stage, if it lies at the same place there
 */
export function counterpart(pin: Pin, place: string, candidates: readonly Pin[]): Pin | undefined {
  const alike = candidates.filter((one) => one.path === pin.path && kindAndName(one) === kindAndName(pin) && one.setter?.part === pin.setter?.part);
  return alike.find((one) => one.file === place) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** A text with another value for a pin; every other byte stays. */
export function withPinValue(text: string, pin: Pin, value: string): string {
  const lines = text.split('\n');
  lines[pin.line - 1] = withValue(lines[pin.line - 1]!, pin, value);
  return lines.join('\n');
}

export function isHeld(pin: Pin): boolean {
  return stateOf(pin) !== 'followed';
}

/** Without the namespace, which stages may differ in; one without a name goes by its kind. */
function kindAndName({ object }: Pin): string {
  const [group, kind, , name] = object.replace(/ in .*$/, '').split('/');
  return `${group}/${kind}/${name ?? ''}`;
}
