import { mapping, mappingAt, type Data } from '../../model/fields';
import type { ObjectIdentity } from '../../model/source-object';
import type { SchemaSet } from '../../schema/schema-set';
import { recipientsIn } from '../../sops/recipients';
import type { Applier, Change, FieldChange, ObjectSubject, Version } from '../changes';
import { diffValues } from '../fields/diff-values';
import { withImages, type Markers } from '../fields/images';
import { hideInChange, hideSecrets, type Confidential } from '../fields/secrets';

/** One side of an object. */
export interface ObjectVersion extends ObjectIdentity {
  readonly data: Data;
  readonly file: string | undefined;
  readonly line: number;
  readonly encrypted: boolean;
  readonly appliers: readonly Applier[];
  readonly markers: Markers;
}

export type Unnumbered = Omit<Change, 'id'>;

/** What became of an object; nothing if it is the same, at the same place. */
export function objectChange(before: ObjectVersion | undefined, after: ObjectVersion | undefined, schemas: SchemaSet): Unnumbered | undefined {
  const [one] = [after ?? before!];
  const subject: ObjectSubject = {
    type: 'object', apiVersion: one.apiVersion, group: one.group, kind: one.kind, namespace: one.namespace, name: one.name,
    encrypted: (before?.encrypted ?? false) || (after?.encrypted ?? false),
  };
  const confidential: Confidential = { isSecret: one.group === '' && one.kind === 'Secret' };
  const sides = { before: before === undefined ? undefined : versionOf(before, confidential), after: after === undefined ? undefined : versionOf(after, confidential) };
  if (before === undefined || after === undefined) return { subject, type: before === undefined ? 'added' : 'removed', ...sides, fields: [] };
  const fields = fieldChanges(before, after, schemas, confidential);
  const moved = before.file !== after.file || isElsewhere(before.appliers, after.appliers);
  return fields.length === 0 && !moved ? undefined : { subject, type: moved ? 'moved' : 'changed', ...sides, fields };
}

function fieldChanges(before: ObjectVersion, after: ObjectVersion, schemas: SchemaSet, confidential: Confidential): FieldChange[] {
  const node = schemas.find(after.apiVersion, after.kind)?.nodes[0];
  const [was, is] = [withoutSops(before.data), withoutSops(after.data)];
  const changes = withImages(diffValues(was, is, node), { before: { data: was, markers: before.markers }, after: { data: is, markers: after.markers } });
  return [...changes.map((change) => hideInChange(change, confidential)), ...recipientChanges(before.data, after.data)];
}

/** Who may decrypt: all that people care for in what SOPS writes about a file. */
export function recipientChanges(before: Data, after: Data): FieldChange[] {
  const [old, now] = [before, after].map((data) => recipientsIn(mappingAt(data, 'sops'))) as [string[], string[]];
  return diffValues(old, now, undefined, ['sops', 'recipients']).map((change) => ({ ...change, path: 'sops.recipients' }));
}

function withoutSops(data: Data): Data {
  if (!('sops' in data)) return data;
  const { sops: _, ...rest } = data;
  return rest;
}

function versionOf({ file, line, appliers, data }: ObjectVersion, confidential: Confidential): Version {
  return { file, line, appliers, content: mapping(hideSecrets(data, confidential)) };
}

/** Whether nothing that applied it before applies it now, and something else does. */
function isElsewhere(before: readonly Applier[], after: readonly Applier[]): boolean {
  return before.length > 0 && after.length > 0 && !before.some((applier) => after.includes(applier));
}
