import { isMapping, listAt, mapping, textAt, type Data } from '../model/fields';
import type { SourceObject } from '../model/source-object';
import type { StructuralSchema } from '../schema/structural-schema';
import { compareSchemas, type Narrowing } from './compare-schemas';
import { isDefinition, servedVersions } from './release';

/** A custom resource that another release defines otherwise, so that something is no longer taken. */
export interface DefinitionChange {
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  /** The version that changes; undefined for the whole kind. */
  readonly version: string | undefined;
  /** What changes of a version or of a kind as a whole: `is no longer served`. */
  readonly text?: string;
  /** Whether the API server refuses the definition as it is, whatever objects there are. */
  readonly isRefused?: boolean;
  readonly narrowing?: Narrowing;
}

/** What the definitions of a release take less of than those of the release before. */
export function compareDefinitions(before: readonly SourceObject[], after: readonly SourceObject[]): DefinitionChange[] {
  const now = new Map(after.filter(isDefinition).map((one) => [one.name, one.data]));
  return before.filter(isDefinition).flatMap(({ name, data }): DefinitionChange[] => {
    const of = { name, group: textAt(data, 'spec.group') ?? '', kind: textAt(data, 'spec.names.kind') ?? '' };
    const later = now.get(name);
    if (later === undefined) return [{ ...of, version: undefined, text: 'is no longer defined: where Flux prunes, all objects of it are deleted' }];
    return [...changedKind(of, data, later), ...servedVersions(data).flatMap((version) => changedVersion(of, version, data, later))];
  });
}

type Kind = Pick<DefinitionChange, 'name' | 'group' | 'kind'>;

function changedKind(of: Kind, before: Data, after: Data): DefinitionChange[] {
  const found: DefinitionChange[] = [];
  const changed = (field: string): boolean => textAt(before, field) !== textAt(after, field);
  if (changed('spec.scope')) found.push({ ...of, version: undefined, text: `is ${textAt(after, 'spec.scope') ?? ''} now, not ${textAt(before, 'spec.scope') ?? ''}, which the API server refuses to change`, isRefused: true });
  if (changed('spec.names.kind')) found.push({ ...of, version: undefined, text: `is called ${textAt(after, 'spec.names.kind') ?? ''} now` });
  const stored = listAt(before, 'spec.versions').find((version) => mapping(version)['storage'] === true);
  const name = textAt(stored, 'name');
  if (name !== undefined && versionIn(after, name) === undefined) found.push({ ...of, version: name, text: 'is gone, and objects are stored in it: the API server refuses the definition until status.storedVersions no longer names it', isRefused: true });
  return found;
}

function changedVersion(of: Kind, version: string, before: Data, after: Data): DefinitionChange[] {
  if (!servedVersions(after).includes(version)) return [{ ...of, version, text: 'is no longer served' }];
  const [was, is] = [before, after].map((definition) => mapping(mapping(versionIn(definition, version)?.['schema'])['openAPIV3Schema']) as StructuralSchema) as [StructuralSchema, StructuralSchema];
  return compareSchemas(was, is).map((narrowing) => ({ ...of, version, narrowing }));
}

function versionIn(definition: Data, name: string): Data | undefined {
  return listAt(definition, 'spec.versions').filter(isMapping).find((version) => version['name'] === name);
}
