import { isKustomizationPath } from '../model/kustomization-file';
import { overlayPatches } from './overlay-patch';
import { shortValue } from '../publish/pins/pin-words';
import { counterpart, isHeld, valueFor, withPinValue } from './carry-pins';
import { heldNote } from './carry-patch';
import type { PromotionRun } from './promotion-run';
import { serviceOf } from './services';
import { isInside, joined, type StagePair } from './stage-pair';
import { isStatic } from './static-files';

/** Gives the pins of a stage the values that they have in the stage before; those of patches go with these, unless nothing else is promoted. */
export function promotePins(run: PromotionRun, { from, to }: StagePair): void {
  const { pins, repository, services, draft, notes, pinsAlone } = run;
  const patches = new Set(pinsAlone ? [] : [...repository.kustomizations.values()].filter(({ directory }) => isInside(from, directory) || isInside(to, directory)).flatMap((one) => overlayPatches(repository, one).map(({ file }) => file)));
  const [own = [], others = []] = [from, to].map((folder) => pins.filter(({ file }) => isInside(folder, file) && !patches.has(file) && !isKustomizationPath(file) && !isStatic(file.slice(folder.length))));
  for (const pin of own) {
    const service = serviceOf(pin.file, from);
    const name = /[^/]*$/.exec(pin.object)![0];
    if (!services.include([...(service === undefined ? [] : [service]), name])) continue;
    const place = joined(to, pin.file.slice(from === '' ? 0 : from.length + 1));
    const other = counterpart(pin, place, others);
    const value = other === undefined ? undefined : valueFor(other, pin);
    if (other === undefined) notes.push(`${pin.file}:${pin.line} has ${shortValue(pin, pin.value)}, and nothing in ${to} has a marker at the same place`);
    else if (value !== undefined && value !== other.value && isHeld(other)) notes.push(heldNote(other));
    else if (value !== undefined && value !== other.value) {
      draft.put(other.file, withPinValue(draft.text(other.file)!, other, value));
      run.promoted.push(`${pin.file}:${pin.line} ${shortValue(pin, pin.value)} → ${other.file}:${other.line}`);
    }
  }
}
