import { isDeepStrictEqual } from 'node:util';
import type { AppliedObject } from '../../model/applied-object';
import { isMapping, type Data } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import { isFluxKustomization } from '../../model/sources';
import type { SchemaSet } from '../../schema/schema-set';
import type { Applier, Change, FieldChange } from '../changes';
import { findKustomization } from '../consequences/cluster-pairs';
import type { Edit, World } from '../consequences/world';
import { fieldsBetween } from './fields-between';
import type { Finishes } from './finish';
import { PATCH_FIELDS } from './read-patches';

type Sides = Pick<World, 'changes' | 'before' | 'after' | 'names'>;

/** What a change of patches makes of the objects that they are for, which stay as they are written. */
export function patchedEdits(world: Sides, finishes: Finishes, schemas: SchemaSet): Edit[] {
  const rewritten = new Set(world.changes.flatMap(({ before, after }) => [before?.file, after?.file]));
  const told = new Set<string>();
  const found: Edit[] = [];
  for (const change of world.changes) {
    const own: Edit[] = [];
    for (const applier of patchedBy(change, world)) {
      const [was, is] = [findKustomization(world.before, applier), findKustomization(world.after, applier)];
      if (was === undefined || is === undefined) continue;
      const former = new Map(was.objects.map((object) => [placeOf(object), object]));
      for (const object of is.objects) {
        const place = `${applier.cluster}\0${is.key}\0${placeOf(object)}`;
        const old = former.get(placeOf(object));
        if (old === undefined || rewritten.has(object.source?.file) || told.has(place)) continue;
        const [before, after] = [finishes.before(old, was), finishes.after(object, is)];
        const fields = fieldsBetween(before, after, object, schemas).map((field) => withMarker(field, change));
        if (fields.length === 0) continue;
        told.add(place);
        add(own, { change, object, before: before as Data, after: after as Data, fields, appliers: [applier] });
      }
    }
    found.push(...own);
  }
  return found;
}

/** An image policy sets the value in the patch. */
function withMarker(field: FieldChange, { fields }: Change): FieldChange {
  const marked = field.image === undefined ? undefined : fields.find(({ image, after }) => image?.policy.after !== undefined && after === field.after);
  return marked === undefined ? field : { ...field, image: { ...field.image!, policy: marked.image!.policy } };
}

/** What is the same in several clusters is one edit. */
function add(edits: Edit[], edit: Edit): void {
  const same = edits.findIndex(({ object, fields }) => object.kind === edit.object.kind && object.name === edit.object.name && object.namespace === edit.object.namespace && isDeepStrictEqual(fields, edit.fields));
  if (same < 0) edits.push(edit);
  else edits.splice(same, 1, { ...edits[same]!, appliers: [...edits[same]!.appliers, ...edit.appliers] });
}

/** The Flux Kustomizations whose patches a change is about. */
function patchedBy(change: Change, { after, names }: Sides): readonly Applier[] {
  const { subject, before: was, after: is, type } = change;
  if (is === undefined || was === undefined) return [];
  if (subject.type === 'file') return (subject.role === 'patch' && type === 'changed') || (subject.role === 'kustomization' && touchesPatches(change, 0)) ? is.appliers : [];
  if (!isFluxKustomization(subject) || !touchesPatches(change, 1)) return [];
  const isIt = ({ object }: FluxKustomization): boolean => object.source?.file === is.file && object.source?.line === is.line;
  return after.clusters.flatMap(({ kustomizations, name }) => kustomizations.filter(isIt).map(({ key }) => names.applier(name, key)));
}

function touchesPatches({ fields }: Change, depth: number): boolean {
  return fields.some(({ steps }) => PATCH_FIELDS.some((field) => steps[depth] === field));
}

function placeOf({ source, kind, namespace, name }: AppliedObject): string {
  const metadata = isMapping(source?.data['metadata']) ? source.data['metadata'] : { namespace, name };
  return JSON.stringify([source?.file, kind, metadata['namespace'], metadata['name']]);
}
