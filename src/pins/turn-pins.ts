import { UserError } from '../errors';
import type { Pin } from '../publish/pins/pin';
import { pinFromOption } from '../publish/pins/pin-words';
import { flowScalar } from '../yaml/scalar';
import { stateOf } from './find-pins';

/** What becomes of one pin. */
export interface TurnedPin {
  readonly pin: Pin;
  readonly value: string;
  readonly isChanged: boolean;
}

export interface TurnedFile {
  readonly text: string;
  readonly pins: readonly TurnedPin[];
}

/** Takes markers off (`hold`), with another value where one is given, or puts them on again; every other byte stays. */
export function turnPins(text: string, pins: readonly Pin[], to: 'hold' | 'release', tag?: string): TurnedFile {
  const lines = text.split('\n');
  const problems: UserError[] = [];
  const turned = pins.map((pin): TurnedPin => {
    if (stateOf(pin) === 'held in code') {
      problems.push(new UserError('usage', `${pin.file}:${pin.line} is held in code, which decides about it`, to === 'hold' ? 'name the value there: hold: "…"' : 'take "hold" off there'));
      return { pin, value: pin.value, isChanged: false };
    }
    const next = tag === undefined ? pin : pinFromOption(pin, tag);
    if (next === undefined) {
      problems.push(new UserError('value-invalid', `${pin.file}:${pin.line} is the ${pin.setter!.part ?? 'image'}, of which ${JSON.stringify(tag)} says nothing`, 'give the tag with its digest: TAG@sha256:…'));
      return { pin, value: pin.value, isChanged: false };
    }
    const before = lines[pin.line - 1]!;
    lines[pin.line - 1] = withMarker(withValue(before, pin, next.value), pin, to);
    return { pin, value: next.value, isChanged: lines[pin.line - 1] !== before };
  });
  if (problems.length > 0) throw UserError.all(problems);
  return { text: lines.join('\n'), pins: turned };
}

const TAG = /^[A-Za-z0-9_][\w.-]{0,127}(@[a-z0-9+._-]+:[0-9a-fA-F]{32,})?$/;

/** @throws UserError `value-invalid` for what no registry takes for a tag */
export function checkTag(tag: string): void {
  if (!TAG.test(tag)) throw new UserError('value-invalid', `--value ${JSON.stringify(tag)} is no tag`, 'write a tag such as 1.4.2, or a tag with its digest: 1.4.2@sha256:…');
}

function withMarker(line: string, { comment }: Pin, to: 'hold' | 'release'): string {
  const at = line.lastIndexOf(comment);
  const [from, into] = to === 'hold' ? ['"$imagepolicy"', '"$imagepolicy-on-hold"'] : ['"$imagepolicy-on-hold"', '"$imagepolicy"'];
  return line.slice(0, at) + line.slice(at).replace(from, () => into);
}

/** The line of a pin with another value, in the quotes that it has. */
export function withValue(line: string, { source, value, comment }: Pin, next: string): string {
  if (next === value) return line;
  const tail = /[ \t]+#+[ \t]*$/.exec(line.slice(0, line.lastIndexOf(comment)))!;
  const end = tail.index;
  if (!line.slice(0, end).endsWith(source)) throw new Error(`unreachable: ${JSON.stringify(line)} does not hold ${source}`);
  const quote = source[0] === '"' || source[0] === "'" ? source[0] : undefined;
  return `${line.slice(0, end - source.length)}${quote === undefined ? flowScalar(next) : `${quote}${next}${quote}`}${line.slice(end)}`;
}
