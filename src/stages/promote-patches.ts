import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../errors';
import { hasName, selects } from '../model/kustomize/patch-target';
import type { Patch } from '../model/kustomize/patches';
import { kustomizationFile, type KustomizationFile } from '../model/kustomization-file';
import { identityOf } from '../model/source-object';
import { sameObjects } from '../publish/differences';
import { pinsOf, valueAt } from '../publish/pins/pin';
import { ManifestFile } from '../tree/file';
import { carryPatch } from './carry-patch';
import { isHeld, withPinValue } from './carry-pins';
import { withEntry } from './edit-list';
import { recipientsAt, recipientsOfText } from './encrypted-patch';
import { entryFor, namesIn, overlayPatches, settingsOf, type OverlayPatch } from './overlay-patch';
import { isGenerated, type PromotionRun } from './promotion-run';
import { replacedFields } from './replaced-fields';
import { serviceOf } from './services';
import { isInside, joined, type OverlayPair } from './stage-pair';
import { isStatic } from './static-files';

/** Copies the promotable patches of an overlay into the one of the next stage, and names there those that it does not name. */
export function promotePatches(run: PromotionRun, pair: OverlayPair, from: KustomizationFile, to: KustomizationFile | undefined): void {
  const { repository, services, notes } = run;
  const own = overlayPatches(repository, from).filter(({ file }) => isInside(pair.stages.from, file));
  const wanted = own.filter((one) => {
    const isWanted = services.include(servicesOf(one, pair));
    return isWanted && !isStatic(placeOf(one, pair));
  });
  if (wanted.length === 0) return;
  if (to === undefined) {
    refuseOrNote(run, `${pair.to} has no kustomization.yaml, which ${from.path} has to be promoted to`, 'make one that names the bases that the stage is to have');
    return;
  }
  for (const one of wanted) {
    try {
      promotePatch(run, { pair, own, to }, one);
    } catch (error) {
      if (!UserError.is(error)) throw error;
      run.problems.push(error); // all of them are told at once
    }
  }
  for (const one of overlayPatches(repository, to)) {
    const other = wanted.find((other) => one.file === joined(pair.stages.to, placeOf(other, pair)));
    if (other !== undefined && !isDeepStrictEqual(settingsOf(one), settingsOf(other))) notes.push(`${to.path} names ${one.file} with another target or other options than ${from.path} does`);
  }
}

interface Between {
  readonly pair: OverlayPair;
  readonly own: readonly OverlayPatch[];
  readonly to: KustomizationFile;
}

function promotePatch(run: PromotionRun, between: Between, one: OverlayPatch): void {
  const { draft, tree, notes } = run;
  const { pair, to } = between;
  const target = joined(pair.stages.to, placeOf(one, pair));
  const source = tree.get(one.file)!;
  const isNamed = overlayPatches(run.repository, to).some(({ file }) => file === target);
  if (!isNamed && !canApply(run, to.directory, one.patch)) {
    refuseOrNote(run, `${one.file} changes ${namesIn(one.patch).join(', ') || 'objects'}, which ${pair.to} does not have`, `put what it is made from into the resources of ${to.path}`);
    return;
  }
  const text = source.bytes.toString('utf8');
  const present = draft.text(target);
  const recipients = recipientsOfText(one.file, text);
  const readers = recipients === undefined ? undefined : recipientsAt(tree, target);
  if (recipients !== undefined && !isDeepStrictEqual(recipients, readers)) {
    notes.push(`${one.file} is not copied: it is encrypted for others than ${target} is${readers === undefined ? ' (no rule of .sops.yaml says for whom)' : ''}; encrypt it for that stage: sops --decrypt ${one.file}, then sops --encrypt to ${target}`);
    return;
  }
  if (recipients === undefined && present !== undefined && recipientsOfText(target, present) !== undefined) {
    notes.push(`${one.file} is not copied: it is plaintext, and ${target} is encrypted`);
    return;
  }
  const carried = recipients !== undefined ? { text, notes: [] } : carryPatch(ManifestFile.fromText(one.file, text), target, present);
  notes.push(...carried.notes);
  if (present === undefined || !sameObjects(target, present, carried.text)) {
    const text = isGenerated(run, target) ? withPinnedValues(target, present!, carried.text) : carried.text;
    if (text === undefined) {
      run.generated.push(target);
      return;
    }
    draft.put(target, text);
    run.copied.push(one.file);
    const replaced = present === undefined ? [] : replacedFields(target, present, text);
    if (replaced.length > 0) run.replaced.push({ file: target, fields: replaced });
    run.promoted.push(`${one.file} → ${target}`);
  }
  if (!isNamed) addReference(run, between, one, target);
}

/** A generated file with the values of another text where it has pins; undefined where that is not all that differs. */
function withPinnedValues(path: string, present: string, wanted: string): string | undefined {
  const documents = ManifestFile.fromText(path, wanted).documents;
  const text = pinsOf(ManifestFile.fromText(path, present)).filter((pin) => !isHeld(pin)).reduce((result, pin) => {
    const value = valueAt(documents[pin.document]?.object, pin.path);
    return typeof value === 'string' && value !== pin.value ? withPinValue(result, pin, value) : result;
  }, present);
  return sameObjects(path, text, wanted) ? text : undefined;
}

function addReference(run: PromotionRun, { pair, own, to }: Between, one: OverlayPatch, file: string): void {
  if (isGenerated(run, to.path)) {
    run.generated.push(to.path);
    return;
  }
  const text = run.draft.text(to.path)!;
  const present = overlayPatches(run.repository, now(to, text));
  const entry = entryFor(one, to.directory, file);
  const hasField = (field: OverlayPatch['field']): boolean => now(to, text).data[field] !== undefined;
  const field = one.field === 'patchesStrategicMerge' && !hasField('patchesStrategicMerge') ? 'patches' : one.field;
  const listed = field === one.field ? entry : { path: typeof entry === 'string' ? entry : entry['path'] };
  run.draft.put(to.path, withEntry(text, field, indexFor(one, own, present.filter((other) => other.field === field), pair), listed));
}

/** Behind what comes before it in its own stage; before what the next stage alone has, which is to have the last word. */
function indexFor(one: OverlayPatch, own: readonly OverlayPatch[], present: readonly OverlayPatch[], pair: OverlayPair): number {
  const before = own.slice(0, own.indexOf(one)).map((other) => joined(pair.stages.to, placeOf(other, pair)));
  const after = own.slice(own.indexOf(one) + 1).map((other) => joined(pair.stages.to, placeOf(other, pair)));
  const previous = present.filter(({ file }) => before.includes(file)).map(({ index }) => index);
  if (previous.length > 0) return Math.max(...previous) + 1;
  const next = present.filter(({ file }) => after.includes(file) || isStatic(file.slice(pair.stages.to.length))).map(({ index }) => index);
  return next.length > 0 ? Math.min(...next) : Number.MAX_SAFE_INTEGER;
}

function now(to: KustomizationFile, text: string): KustomizationFile {
  return kustomizationFile(to.path, ManifestFile.fromText(to.path, text).documents[0]?.object);
}

/** Whether kustomize would find all that a patch is for. */
function canApply({ model }: PromotionRun, directory: string, { target, parts, operations }: Patch): boolean {
  const { objects, isComplete } = model.build(directory);
  if (!isComplete) return true;
  if (target !== undefined) return objects.some((object) => selects(target, object) !== false);
  return operations !== undefined || parts.every((part) => {
    const { group, kind, name, namespace } = identityOf(part);
    return objects.some((object) => object.group === group && object.kind === kind && hasName(object, name, namespace));
  });
}

function refuseOrNote({ services, problems, notes }: PromotionRun, problem: string, fix: string): void {
  if (services.areNamed) problems.push(new UserError('reference-invalid', problem, fix));
  else notes.push(`${problem}: ${fix}`);
}

function servicesOf(one: OverlayPatch, pair: OverlayPair): string[] {
  const service = serviceOf(one.file, pair.stages.from);
  return [...(service === undefined ? [] : [service]), ...namesIn(one.patch)];
}

function placeOf({ file }: OverlayPatch, { stages }: OverlayPair): string {
  return file.slice(stages.from === '' ? 0 : stages.from.length + 1);
}
