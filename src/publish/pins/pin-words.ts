import { flowScalar } from '../../yaml/scalar';
import { parseImage } from '../../tree/image-reference';
import type { Pin } from './pin';

/** `flux-system:server (k8s/server/deployment.yaml)`, for messages. */
export function describePin(pin: Pin): string {
  return pin.setter === undefined ? `${pin.path} (${pin.file})` : `${pin.setter.policy} (${pin.file})`;
}

/** What changes about a pin's value: of a whole image, its tag and digest. */
export function shortValue(pin: Pin, value: string): string {
  if (pin.setter === undefined || pin.setter.part !== undefined) return value;
  const { repository, tag } = parseImage(value);
  return repository === pin.repository && tag !== undefined ? value.slice(repository.length + 1) : value;
}

/** A value from the command line: a tag, `tag@digest`, or a whole image. */
export function pinFromOption(slot: Pin, option: string): Pin | undefined {
  const value = partOf(slot, option);
  return value === undefined ? undefined : { ...slot, value, source: flowScalar(value), hold: undefined, isPlain: undefined, repository: undefined };
}

function partOf(slot: Pin, option: string): string | undefined {
  if (slot.setter === undefined) return option;
  const isWhole = /[/]|:(?!.*@)/.test(option.split('@')[0]!);
  const image = isWhole ? parseImage(option) : parseImage(`image:${option}`);
  if (slot.setter.part === 'digest') return option.startsWith('sha256:') ? option : image.digest;
  if (slot.setter.part === 'tag') return option.startsWith('sha256:') ? undefined : image.tag;
  if (option.startsWith('sha256:')) return `${slot.repository ?? ''}@${option}`;
  return isWhole ? option : `${slot.repository ?? ''}:${option}`;
}
