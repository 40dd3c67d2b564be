import type { Pin } from './pin';

/**
 * What the command line says for pins in doubt. Its keys are policies (`namespace:name`), files, or, where a file has
 * several policies in doubt, both (`file#namespace:name`); the closest one counts.
 */
export class PinChoices {
  private readonly values: ReadonlyMap<string, string>;
  private readonly used = new Set<string>();

  constructor(values: Readonly<Record<string, string>> = {}) {
    this.values = new Map(Object.entries(values));
  }

  get isEmpty(): boolean {
    return this.values.size === 0;
  }

  /** What is said for a pin, which is thereby settled. */
  take(slot: Pin): string | undefined {
    const key = keysOf(slot).find((one) => this.values.has(one));
    if (key === undefined) return undefined;
    this.used.add(key);
    return this.values.get(key);
  }

  /** What settled nothing, and why; `pins` are those that there are. */
  unused(pins: readonly Pin[]): string[] {
    const known = new Set(pins.flatMap(keysOf));
    const keys = [...this.values.keys()].filter((key) => !this.used.has(key));
    return keys.map((key) => `--pin ${key}=${this.values.get(key)!}: ${known.has(key) ? 'nothing is in doubt there, so what stands there stays' : nobody(key)}`);
  }
}

function keysOf({ file, setter }: Pin): string[] {
  return setter === undefined ? [file] : [`${file}#${setter.policy}`, file, setter.policy];
}

function nobody(key: string): string {
  return key.includes(':') && !key.includes('/') ? `no pin has the policy ${key}` : `no pin stands in ${key}`;
}
