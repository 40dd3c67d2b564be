import type { AlertSpecEventSources } from '../../../imports/notification.toolkit.fluxcd.io';
import type { FieldChecks } from '../../app/field-checks';
import type { FluxResource } from '../flux/flux-resource';

/** Flux objects by kind and name, for those that the app does not make or that are many: `name: '*'` is all of a namespace. */
export interface ObjectPattern {
  readonly kind: `${AlertSpecEventSources['kind']}`;
  readonly name: string;
  /** @default the namespace of the object that names them */
  readonly namespace?: string;
  /** Which of them, with `name: '*'`. @default all */
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly apiVersion?: string;
}

/** Flux objects as a user names them. */
export type ObjectReference = FluxResource | ObjectPattern;

export function objectReferenceFrom(namespace: string | undefined, reference: ObjectReference): object {
  const { kind, name } = reference;
  const other = reference.namespace === namespace ? undefined : reference.namespace;
  if (isResource(reference)) return { kind, name, namespace: other };
  return { ...reference, namespace: other };
}

export function checkObjectReferences(checks: FieldChecks, field: string, references: readonly ObjectReference[]): void {
  checks.require(references.length > 0, 'value-invalid', `has no ${field}`, `name at least one, such as { kind: 'Kustomization', name: '*' }`);
  for (const reference of references) {
    if (isResource(reference) || reference.matchLabels === undefined) continue;
    checks.require(reference.name === '*', 'value-invalid', `has ${field} with matchLabels and the name "${reference.name}"`, "write name: '*': labels choose among all");
  }
}

function isResource(reference: ObjectReference): reference is FluxResource {
  return 'node' in reference;
}
