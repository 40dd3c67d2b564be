import type { Pin } from './pin';
import { PlainScalars, type TextAt } from './plain-scalars';

/** The pins of one state of the tree, such as the working tree or a commit, by all that they are looked up by. */
export class PinIndex {
  private readonly places = new Map<string, Pin[]>();
  private readonly objects = new Map<string, Pin[]>();
  private readonly policies = new Map<string, Pin[]>();
  private readonly repositories = new Map<string, Pin[]>();

  private readonly plainScalars: PlainScalars | undefined;

  /**
   * @param name what the state is called in messages
   * @param textAt what its files say, if the scalars without markers count, too
   */
  constructor(readonly name: string, pins: Iterable<Pin> = [], readonly textAt?: TextAt) {
    this.plainScalars = textAt === undefined ? undefined : new PlainScalars(textAt);
    for (const pin of pins) this.add(pin);
  }

  add(pin: Pin): void {
    push(this.places, placeOf(pin), pin);
    push(this.objects, `${pin.object}\n${pin.path}`, pin);
    if (pin.setter !== undefined) push(this.policies, pin.setter.policy, pin);
    if (pin.repository !== undefined) push(this.repositories, pin.repository, pin);
  }

  get pins(): readonly Pin[] {
    return [...this.places.values()].flat();
  }

  /** The pins of the same file, object and path: one, or two where the file is in conflict. */
  at(pin: Pin): readonly Pin[] {
    return this.places.get(placeOf(pin)) ?? [];
  }

  has(pin: Pin): boolean {
    return this.places.has(placeOf(pin));
  }

  /** The pins of the same object and path, in whatever file. */
  ofObject(pin: Pin): readonly Pin[] {
    return this.objects.get(`${pin.object}\n${pin.path}`) ?? [];
  }

  /** The scalar without a marker that stands in a pin's place. */
  plainAt(pin: Pin): Pin | undefined {
    return this.plainScalars?.at(pin);
  }

  /** Whether a pin was found in this state. */
  includes(pin: Pin): boolean {
    return pin.isPlain === true ? this.plainAt(pin) === pin : this.at(pin).includes(pin);
  }

  ofPolicy(policy: string): readonly Pin[] {
    return this.policies.get(policy) ?? [];
  }

  ofRepository(repository: string): readonly Pin[] {
    return this.repositories.get(repository) ?? [];
  }
}

/** Where a pin stands, in whatever state. */
export function placeOf({ file, object, path }: Pin): string {
  return `${file}\n${object}\n${path}`;
}

function push(map: Map<string, Pin[]>, key: string, pin: Pin): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [pin]);
  else list.push(pin);
}
