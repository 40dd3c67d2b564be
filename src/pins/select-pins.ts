import { UserError } from '../errors';
import { nearestTo } from '../nearest';
import type { Pin } from '../publish/pins/pin';
import type { FoundPins } from './find-pins';

/**
 * The pins that somebody names: by a file, by a policy (`namespace:name`, or its name alone), or by both (`FILE#POLICY`).
 * @param fileOf the path in the tree of a file that was typed
 * @throws UserError `reference-invalid` with the nearest name that is known; `pin-conflict` for a file that cannot be read
 */
export function selectPins(found: FoundPins, target: string, fileOf: (typed: string) => string): readonly Pin[] {
  const [file, policy] = partsOf(target, found, fileOf);
  const broken = [...found.unreadable].filter(([path]) => file === undefined || path === file);
  const [first] = file === undefined ? broken.filter(([, why]) => why.includes('conflict')) : broken;
  if (first !== undefined) throw new UserError('pin-conflict', `${first[0]} cannot be changed: ${first[1]}`, 'finish the merge first, or mend the file');
  const inFile = file === undefined ? found.pins : found.pins.filter((pin) => pin.file === file);
  if (policy === undefined) return inFile;
  const chosen = inFile.filter((pin) => pin.setter!.policy === policy || nameOf(pin) === policy);
  const policies = [...new Set(chosen.map((pin) => pin.setter!.policy))];
  if (policies.length > 1) throw new UserError('reference-invalid', `${JSON.stringify(policy)} is the name of ${policies.length} policies: ${policies.join(', ')}`, 'name one of them with its namespace');
  if (chosen.length > 0) return chosen;
  const known = inFile.flatMap((pin) => [pin.setter!.policy, nameOf(pin)]);
  throw unknown(`no pin${file === undefined ? '' : ` of ${file}`} has the policy ${JSON.stringify(policy)}`, nearestTo(policy, new Set(known)), 'fluxwright pins list shows them');
}

function partsOf(target: string, { pins, unreadable }: FoundPins, fileOf: (typed: string) => string): [file: string | undefined, policy: string | undefined] {
  const files = new Set([...pins.map(({ file }) => file), ...unreadable.keys()]);
  const whole = fileOf(target);
  if (files.has(whole)) return [whole, undefined];
  const hash = target.lastIndexOf('#');
  if (hash >= 0) {
    const file = fileOf(target.slice(0, hash));
    if (files.has(file)) return [file, target.slice(hash + 1)];
    throw unknown(`no pin stands in ${target.slice(0, hash)}`, nearestTo(file, files), 'fluxwright pins list shows them');
  }
  if (/\/|\.(ya?ml|json)$/.test(target)) throw unknown(`no pin stands in ${target}`, nearestTo(whole, files), 'fluxwright pins list shows them');
  return [undefined, target];
}

function nameOf({ setter }: Pin): string {
  return setter!.policy.slice(setter!.policy.indexOf(':') + 1);
}

function unknown(problem: string, near: string | undefined, otherwise: string): UserError {
  return new UserError('reference-invalid', problem, near === undefined ? otherwise : `write ${near}`);
}
