import type { AppliedObject } from '../../model/applied-object';
import { at, listAt, mappingAt, textAt, type Data } from '../../model/fields';
import type { Variables } from '../../model/flux-kustomization';
import type { ObjectIdentity } from '../../model/source-object';

/** An object that may be named as a source of variables. */
export type VariableSource = Pick<AppliedObject, 'kind' | 'group' | 'namespace' | 'name' | 'data'>;

/** Finds a ConfigMap or Secret by its identity; undefined where nothing in the tree makes it. */
export type FindSource = (wanted: Pick<ObjectIdentity, 'kind' | 'namespace' | 'name'>) => VariableSource | undefined;

/**
 * The variables of a Flux Kustomization: those of `substituteFrom` in their order, then its own.
 * @returns undefined where it substitutes nothing
 */
export function variablesOf(kustomization: Data, namespace: string, find: FindSource): Variables | undefined {
  if (at(kustomization, 'spec.postBuild') === undefined) return undefined;
  const values = new Map<string, string | undefined>();
  const missing: string[] = [];
  for (const reference of listAt(kustomization, 'spec.postBuild.substituteFrom')) {
    const [kind, name] = [textAt(reference, 'kind') ?? '', textAt(reference, 'name') ?? ''];
    const source = find({ kind, namespace, name });
    if (source === undefined) missing.push(`${kind} ${namespace}/${name}`);
    else for (const [variable, value] of contentsOf(source)) values.set(variable, value?.replaceAll('\n', ''));
  }
  for (const [variable, value] of Object.entries(mappingAt(kustomization, 'spec.postBuild.substitute'))) {
    // the API takes strings alone; what somebody wrote without quotes is told by another rule
    values.set(variable, (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\n', ''));
  }
  const isAlways = textAt(kustomization, 'spec.postBuild.substituteStrategy') === 'Always';
  return { values, missing, isActive: values.size > 0 || missing.length > 0 || isAlways };
}

/** Names and values; a value that is encrypted is undefined. */
function contentsOf({ kind, data }: VariableSource): [string, string | undefined][] {
  const isEncrypted = at(data, 'sops') !== undefined;
  const shown = (value: unknown, decode: (text: string) => string): string | undefined => {
    const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
    return isEncrypted && text.startsWith('ENC[') ? undefined : decode(text);
  };
  const plain = (text: string): string => text;
  if (kind !== 'Secret') return Object.entries(mappingAt(data, 'data')).map(([name, value]) => [name, shown(value, plain)]);
  return [
    ...Object.entries(mappingAt(data, 'data')).map(([name, value]): [string, string | undefined] => [name, shown(value, (text) => Buffer.from(text, 'base64').toString())]),
    ...Object.entries(mappingAt(data, 'stringData')).map(([name, value]): [string, string | undefined] => [name, shown(value, plain)]),
  ];
}
