import { at, mappingAt, textAt, type Data } from '../../model/fields';
import type { AppliedObject } from '../../model/applied-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { identityKey } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import { isClusterScoped } from '../../tree/cluster-scoped';
import type { Applier, Change, FieldChange, ObjectSubject } from '../changes';
import type { StageNames } from '../stage-names';
import type { State } from '../state';
import type { Evidence, Rule } from './consequence';
import type { History } from './history';

/** What consequences are found in: both states, and the changes between them. */
export interface World {
  readonly before: State;
  readonly after: State;
  readonly changes: readonly Change[];
  /** Changes of the files, which are what a person made; the same as `changes` unless these are of what is rendered. */
  readonly causes: readonly Change[];
  /** Changes of objects, and of patches of objects, that will be acted on. */
  readonly edits: readonly Edit[];
  readonly names: StageNames;
  /** Files that are broken on a side, with what is wrong: what they hold is not known, and so not gone. */
  readonly broken: ReadonlyMap<string, string>;
  /** Undefined where the states are no commits. */
  readonly history: History | undefined;
}

/** A change of an object, as it is written or as it is patched. */
export interface Edit {
  readonly change: Change;
  readonly object: Pick<ObjectSubject, 'apiVersion' | 'group' | 'kind' | 'namespace' | 'name'>;
  readonly before: Data | undefined;
  readonly after: Data | undefined;
  readonly fields: readonly FieldChange[];
  /** What applies it and is not suspended: Flux, or a person. */
  readonly appliers: readonly Applier[];
}

/** An object of a cluster, with the Flux Kustomization that applies it. */
export interface AppliedAt {
  readonly object: AppliedObject;
  readonly by: FluxKustomization;
}

/** What Flux applies in a cluster, by identity. Of what several apply, the last counts. */
export function appliedIn(cluster: Cluster | undefined): ReadonlyMap<string, AppliedAt> {
  return new Map((cluster?.kustomizations ?? []).flatMap((by) => by.objects.map((object): [string, AppliedAt] => {
    const placed = withNamespace(named(object, by), by);
    return [identityKey(placed), { object: placed, by }];
  })));
}

/** With the name that Flux gives it, where that is a variable of its own: `${APP}`. */
function named(object: AppliedObject, { data }: FluxKustomization): AppliedObject {
  if (!object.name.includes('${') && object.namespace?.includes('${') !== true) return object;
  const values = mappingAt(data, 'spec.postBuild.substitute');
  const filled = (text: string): string => text.replace(/\$\{(\w+)(?::?=([^${}]*))?\}/g, (written, name: string, otherwise: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : otherwise;
    return typeof value === 'string' ? value : written;
  });
  return { ...object, name: filled(object.name), namespace: object.namespace === undefined ? undefined : filled(object.namespace) };
}

function withNamespace(object: AppliedObject, by: FluxKustomization): AppliedObject {
  const target = textAt(by.data, 'spec.targetNamespace');
  return target === undefined || target === object.namespace || isClusterScoped(object.kind) || isFluxKustomization(object) ? object : { ...object, namespace: target };
}

/** What shows a consequence that concerns files: changes of the files, or of what leads to them. */
export function evidenceOf(world: World, files: Iterable<string | undefined>, rule: Rule): Evidence {
  const wanted = new Set(files);
  const concerned = (changes: readonly Change[]): Change[] => changes.filter(({ before, after }) => wanted.has(before?.file) || wanted.has(after?.file)).slice(0, MOST_CHANGES);
  return { changes: concerned(world.changes), facts: concerned(world.causes).map((change) => factOf(change)), rule };
}

const MOST_CHANGES = 20;

/** `apps/web.yaml:3 is deleted`: what a person finds where the change was made. */
export function factOf({ subject, type, before, after }: Change, field?: FieldChange): string {
  const version = after ?? before!;
  const place = `${version.file ?? 'generated'}${version.line > 1 ? `:${version.line}` : ''}`;
  if (field !== undefined) return `${place} ${field.path}`;
  if (type === 'moved') return `${before!.file ?? ''} → ${after!.file ?? ''}`;
  return subject.type === 'file' || type !== 'removed' ? `${place} is ${type}` : `${place} is gone`;
}

/** Whether something applied it, and something applies it still. */
export function isAppliedOnBoth({ before, after }: Change): boolean {
  return before !== undefined && after !== undefined && before.appliers.length > 0 && after.appliers.length > 0;
}

/** Whether a Flux Kustomization does nothing until somebody resumes it. */
export function isSuspended({ data }: Pick<FluxKustomization, 'data'>): boolean {
  return at(data, 'spec.suspend') === true;
}
