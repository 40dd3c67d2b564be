import type { Pin } from './pin';

/** The pins of one state, each tag with the digest that stands beside it for the same policy: together they are an image. */
export function withDigests(pins: readonly Pin[]): Pin[] {
  const digests = new Map(pins.filter(({ setter }) => setter?.part === 'digest').map((pin) => [imageOf(pin), pin]));
  return pins.map((pin) => {
    const digest = pin.setter?.part === 'tag' ? digests.get(imageOf(pin)) : undefined;
    return pin.digest === digest ? pin : { ...pin, digest };
  });
}

/** The map that holds a tag or digest. */
function imageOf({ file, object, path, setter }: Pin): string {
  return [file, object, path.replace(/\.?[^.[\]]+$/, ''), setter?.policy].join('\n');
}
