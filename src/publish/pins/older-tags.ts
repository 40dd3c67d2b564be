import type { Committed } from '../committed';
import type { Entries } from '../../tree/git-output';
import { carriedValue, distinctValues } from './carried-value';
import { isHeld } from './on-hold';
import { isPinComment, type Pin } from './pin';
import type { PinIndex } from './pin-index';
import { describePin, shortValue } from './pin-words';
import type { WorkingPins } from './working-pins';

/** Markers that stand behind several values, told without reading any YAML. */
export function disagreeingMarkers({ kept }: WorkingPins): ReadonlySet<string> {
  const values = new Map<string, string>();
  const found = new Set<string>();
  for (const [file, scalars] of kept) {
    file.commented.filter(isPinComment).forEach(({ comment }, index) => {
      const { value } = scalars[index]!;
      if ((values.get(comment) ?? value) !== value) found.add(comment);
      values.set(comment, value);
    });
  }
  return found;
}

/**
 * Pins that HEAD added with another value than all others of their policy had, to warn of: as Git leaves it that rebased or
 * picked alone the commit which added them.
 */
export function newcomersBehind(pins: readonly Pin[], committed: Committed): string[] {
  const [parent, ...others] = committed.git?.parents('HEAD') ?? [];
  const before = parent === undefined ? undefined : committed.git!.commit(parent);
  // A merge tells of what it lost by itself.
  if (before === undefined || committed.head === undefined || others.length > 0) return [];
  const files = new Set(pins.map(({ file }) => file));
  const [former, head] = [before, committed.head].map((entries) => committed.pinsAt('', only(entries, files)));
  return pins.flatMap((pin) => {
    const old = former!.ofPolicy(pin.setter!.policy).filter((other) => other.repository === pin.repository && other.setter!.part === pin.setter!.part && !isHeld(other));
    const [value, ...more] = distinctValues(pin, old);
    const isNew = !former!.has(pin) && head!.at(pin).some((one) => one.value === pin.value);
    if (isHeld(pin) || !isNew || value === undefined || value === pin.value || more.length > 0) return [];
    return [`warning: pin ${describePin(pin)}: ${shortValue(pin, pin.value)}, which HEAD added, while the others of its policy have ${shortValue(pin, value)}; if HEAD came from before that, write it into the file`];
  });
}

/**
 * Tags that are staged over others in HEAD, to warn of: a person's rollback looks the same as a branch that was put upon a newer
 * commit by `git reset --soft`, or taken over by `git checkout BRANCH -- FILES`.
 */
export function stagedOver(settled: readonly Pin[], replaced: PinIndex): string[] {
  return settled.flatMap((pin) => {
    const value = replaced.at(pin).find((old) => carriedValue(pin, old) !== undefined && old.value !== pin.value)?.value;
    return value === undefined || pin.hold !== undefined ? [] : [`warning: pin ${describePin(pin)}: ${shortValue(pin, pin.value)} is staged, while HEAD has ${shortValue(pin, value)}; if that is not meant, write it into the file`];
  });
}

function only(entries: Entries, files: ReadonlySet<string>): Entries {
  return new Map([...entries].filter(([path]) => files.has(path)));
}
