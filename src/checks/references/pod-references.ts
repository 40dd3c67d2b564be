import { containersOf, podSpecPath } from '../../model/containers';
import { at, isMapping, listAt, mappingAt, textAt, type Data, type Step } from '../../model/fields';
import { CONFIG_MAP, PRIORITY_CLASS, SECRET, SERVICE_ACCOUNT, VOLUME_CLAIM, type ObjectReference, type TargetKind } from './object-reference';

type Found = Omit<ObjectReference, 'namespace' | 'neededBy'>;

/** What the pods of an object need to start. */
export function podReferences(object: { readonly kind: string; readonly data: Data }, namespace: string): ObjectReference[] {
  const pod = podSpecPath(object.kind);
  if (pod === undefined) return [];
  const spec = mappingAt(object.data, pod);
  const found = [
    ...containersOf(object).flatMap(({ data, path }) => containerReferences(data, path)),
    ...listAt(spec, 'volumes').flatMap((volume, index) => volumeReferences(volume, [...pod, 'volumes', index])),
    ...listAt(spec, 'imagePullSecrets').flatMap((secret, index) => named(SECRET, secret, 'name', [...pod, 'imagePullSecrets', index], { isOftenHandmade: true })),
    ...named(SERVICE_ACCOUNT, spec, at(spec, 'serviceAccountName') === undefined ? 'serviceAccount' : 'serviceAccountName', pod),
    ...named(PRIORITY_CLASS, spec, 'priorityClassName', pod),
  ];
  return found.map((one) => ({ ...one, namespace: one.target === PRIORITY_CLASS ? undefined : namespace, neededBy: 'pod' }));
}

function containerReferences(container: Data, path: readonly Step[]): Found[] {
  return [
    ...listAt(container, 'env').flatMap((variable, index) => [
      ...keyed(CONFIG_MAP, variable, ['valueFrom', 'configMapKeyRef'], [...path, 'env', index]),
      ...keyed(SECRET, variable, ['valueFrom', 'secretKeyRef'], [...path, 'env', index]),
    ]),
    ...listAt(container, 'envFrom').flatMap((source, index) => [
      ...required(CONFIG_MAP, source, 'configMapRef', 'name', [...path, 'envFrom', index]),
      ...required(SECRET, source, 'secretRef', 'name', [...path, 'envFrom', index]),
    ]),
  ];
}

function volumeReferences(volume: unknown, path: readonly Step[]): Found[] {
  return [
    ...required(CONFIG_MAP, volume, 'configMap', 'name', path),
    ...required(SECRET, volume, 'secret', 'secretName', path),
    ...named(VOLUME_CLAIM, at(volume, 'persistentVolumeClaim'), 'claimName', [...path, 'persistentVolumeClaim']),
    ...listAt(volume, 'projected.sources').flatMap((source, index) => [
      ...required(CONFIG_MAP, source, 'configMap', 'name', [...path, 'projected', 'sources', index]),
      ...required(SECRET, source, 'secret', 'name', [...path, 'projected', 'sources', index]),
    ]),
  ];
}

/** A source that is read as a whole, or whose items are. */
function required(target: TargetKind, owner: unknown, field: string, nameField: string, path: readonly Step[]): Found[] {
  const source = at(owner, [field]);
  if (at(source, 'optional') === true) return [];
  const keys = listAt(source, 'items').flatMap((item, index) => {
    const key = textAt(item, 'key');
    return key === undefined ? [] : [{ key, path: [...path, field, 'items', index, 'key'] }];
  });
  return named(target, source, nameField, [...path, field], { keys });
}

/** One key of a source. */
function keyed(target: TargetKind, owner: unknown, steps: readonly string[], path: readonly Step[]): Found[] {
  const source = at(owner, steps);
  if (at(source, 'optional') === true) return [];
  const key = textAt(source, 'key');
  return named(target, source, 'name', [...path, ...steps], key === undefined ? {} : { keys: [{ key, path: [...path, ...steps, 'key'] }] });
}

function named(target: TargetKind, owner: unknown, field: string, path: readonly Step[], more: Partial<Found> = {}): Found[] {
  const name = isMapping(owner) ? textAt(owner, [field]) : undefined;
  return name === undefined || name === '' ? [] : [{ target, name, path: [...path, field], ...more }];
}
