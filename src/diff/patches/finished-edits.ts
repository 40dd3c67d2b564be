import { isDeepStrictEqual } from 'node:util';
import { isMapping } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { SchemaSet } from '../../schema/schema-set';
import type { Applier, FieldChange, Version } from '../changes';
import { findKustomization } from '../consequences/cluster-pairs';
import type { Edit, World } from '../consequences/world';
import type { State } from '../state';
import { fieldsBetween } from './fields-between';
import type { Finish, Finishes } from './finish';

/** Edits of objects as they arrive in the clusters: what a patch or an image of a kustomization.yaml sets anyway does not change there. */
export function finishedEdits(edits: readonly Edit[], { before, after }: Pick<World, 'before' | 'after'>, finishes: Finishes, schemas: SchemaSet): Edit[] {
  return edits.flatMap((edit): Edit[] => {
    const { change, fields, appliers } = edit;
    if (change.subject.type !== 'object' || change.before === undefined || change.after === undefined || fields.length === 0) return [edit];
    const same: Applier[] = [];
    const others: Edit[] = [];
    for (const applier of appliers) {
      const sides = [finished(change.before, applier, edit, before, finishes.before), finished(change.after, applier, edit, after, finishes.after)] as const;
      if (!isMapping(sides[0]) || !isMapping(sides[1])) {
        same.push(applier);
        continue;
      }
      const found = withMarkers(fieldsBetween(sides[0], sides[1], edit.object, schemas), fields);
      const known = others.find((other) => isDeepStrictEqual(other.fields, found));
      if (known !== undefined) others.splice(others.indexOf(known), 1, { ...known, appliers: [...known.appliers, applier] });
      else if (found.length > 0) others.push({ ...edit, before: sides[0], after: sides[1], fields: found, appliers: [applier] });
    }
    return [...(same.length === 0 ? [] : [{ ...edit, appliers: same }]), ...others];
  });
}

/** Undefined where nothing changes the object on its way. */
function finished({ file, line }: Version, applier: Applier, { object }: Edit, state: State, finish: Finish): unknown {
  const by: FluxKustomization | undefined = findKustomization(state, applier);
  const found = by?.objects.find(({ source, kind }) => source?.file === file && source?.line === line && kind === object.kind);
  if (by === undefined || found === undefined) return undefined;
  const data = finish(found, by);
  return data === found.data ? undefined : data;
}

/** With the policies of the markers that stand beside the values, which nothing on the way changes. */
function withMarkers(found: readonly FieldChange[], written: readonly FieldChange[]): FieldChange[] {
  const policies = new Map(written.map(({ path, image }) => [path, image?.policy]));
  return [
    ...found.map((field): FieldChange => {
      const policy = policies.get(field.path);
      return field.image === undefined || policy === undefined ? field : { ...field, image: { ...field.image, policy } };
    }),
    ...written.filter(({ type }) => type === 'marked'),
  ];
}
