import { mapping, mappingAt, textAt, type Data } from '../fields';
import { isPlaceholder } from '../set-aside';
import { identityOf } from '../source-object';
import type { OperationNote, PatchNote } from './build-notes';
import type { BuiltObject } from './built-object';
import { applyOperation, markUnseen, mergePatch, UNSEEN } from './json-operations';
import { hasName, selects } from './patch-target';
import type { Patch } from './patches';

/** Patches that are applied to objects, one after the other. */
export class PatchRun {
  readonly notes: (PatchNote | OperationNote)[] = [];

  constructor(public objects: readonly BuiltObject[], public isComplete: boolean) {}

  /** @param patch undefined for one that cannot be read: it may change anything */
  apply(patch: Patch | undefined): void {
    if (patch === undefined) this.objects = this.objects.map((object) => ({ ...object, data: UNSEEN }));
    else if (patch.target !== undefined) this.applyToTarget(patch, patch.target);
    else for (const part of patch.parts) this.applyByName(patch, part);
    if (patch?.renames === true) this.isComplete = false;
  }

  private applyToTarget(patch: Patch, target: Data): void {
    const selected = this.objects.map((object) => selects(target, object));
    this.note(patch, undefined, this.objects.filter((_, index) => selected[index] === true), selected.includes(undefined));
    this.change((object, index) => {
      if (selected[index] === true) return this.changed(object, patch);
      return selected[index] === undefined ? touched(object, patch) : object;
    });
  }

  private applyByName(patch: Patch, part: Data): void {
    const { apiVersion, kind, name, namespace } = identityOf(part);
    if (apiVersion === '' || kind === '' || name === '') return;
    const isNamed = (object: BuiltObject): boolean => (
      (object.group === '' ? object.version : `${object.group}/${object.version}`) === apiVersion && object.kind === kind
      && hasName(object, name, namespace)
    );
    this.note(patch, part, this.objects.filter(isNamed), isPlaceholder(name) || name.startsWith('ENC['));
    this.change((object) => (isNamed(object) ? merged(object, part) : object));
  }

  private note(patch: Patch, part: Data | undefined, hits: readonly BuiltObject[], mayHitMore: boolean): void {
    this.notes.push({ type: 'patch', patch, ...(part === undefined ? {} : { part }), hits, isOpen: mayHitMore || !this.isComplete, candidates: this.objects });
  }

  private change(work: (object: BuiltObject, index: number) => BuiltObject | undefined): void {
    this.objects = this.objects.map(work).filter((object): object is BuiltObject => object !== undefined);
  }

  private changed(object: BuiltObject, patch: Patch): BuiltObject | undefined {
    if (patch.operations === undefined) return patch.parts.reduce<BuiltObject | undefined>((result, part) => (result === undefined ? undefined : merged(result, part)), object);
    let { data } = object;
    for (const [index, operation] of patch.operations.entries()) {
      const result = applyOperation(data, operation);
      if (result.problem !== undefined) this.notes.push({ type: 'operation', patch, index, object, ...result.problem });
      data = result.data;
      if (result.problem?.fails === true) return { ...object, data: UNSEEN }; // one fault, told once
    }
    return { ...object, data };
  }
}

/** Merges a patch; undefined for an object that it deletes. */
function merged(object: BuiltObject, part: Data): BuiltObject | undefined {
  const { apiVersion: _, kind: __, metadata, sops: ___, ...rest } = part;
  const { name: ____, namespace: _____, ...labels } = mapping(metadata);
  const data = mergePatch(object.data, { ...rest, ...(Object.keys(labels).length === 0 ? {} : { metadata: labels }) });
  return data === undefined ? undefined : { ...object, data };
}

/** What a patch may have changed, if it selects the object. */
function touched(object: BuiltObject, { operations, parts }: Patch): BuiltObject {
  let { data } = object;
  const fields = operations?.map((operation) => (textAt(operation, 'path') ?? '').split('/').slice(1, 3)) ?? parts.flatMap((part) => Object.keys(part).flatMap((field) => (field === 'metadata' ? Object.keys(mappingAt(part, 'metadata')).map((key) => ['metadata', key]) : [[field]])));
  for (const path of fields) if (path.length > 0 && !['apiVersion', 'kind'].includes(path[0]!)) data = markUnseen(data, path);
  return { ...object, data };
}
