import { textAt, type Data } from './fields';
import type { ObjectIdentity } from './source-object';

/** Which source a Flux object names, with the namespace that Flux takes where it names none. */
export interface SourceReference {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export function sourceReference(kustomization: Data, namespace: string): SourceReference {
  return {
    kind: textAt(kustomization, 'spec.sourceRef.kind') ?? 'GitRepository',
    namespace: textAt(kustomization, 'spec.sourceRef.namespace') ?? namespace,
    name: textAt(kustomization, 'spec.sourceRef.name') ?? '',
  };
}

export function isSource({ kind, namespace, name }: SourceReference, object: ObjectIdentity): boolean {
  return object.group === 'source.toolkit.fluxcd.io' && object.kind === kind && object.name === name && (object.namespace ?? namespace) === namespace;
}

export function isFluxKustomization({ group, kind }: Pick<ObjectIdentity, 'group' | 'kind'>): boolean {
  return group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization';
}
