import { at, listAt, textAt, type Data, type Step } from '../../model/fields';
import { chartReferences } from './chart-references';
import { CONFIG_MAP, SECRET, SERVICE_ACCOUNT, type ObjectReference } from './object-reference';

/** What Flux reads before it applies or installs. What only fetching needs is told apart: people make it by hand. */
export function fluxReferences({ group, kind, data }: { readonly group: string; readonly kind: string; readonly data: Data }, namespace: string): ObjectReference[] {
  if (group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization') return [...sources(data, ['spec', 'postBuild', 'substituteFrom'], namespace), ...access(data, namespace)];
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    return [...sources(data, ['spec', 'valuesFrom'], namespace), ...access(data, namespace), ...chartReferences(data, textAt(data, 'spec.targetNamespace') ?? namespace)];
  }
  if (!['source', 'image', 'notification'].includes(group.replace('.toolkit.fluxcd.io', ''))) return [];
  return [
    ...['secretRef', 'certSecretRef', 'proxySecretRef'].flatMap((field) => secret(data, ['spec', field], namespace)),
    ...secret(data, ['spec', 'verify', 'secretRef'], namespace),
    ...account(data, namespace),
  ];
}

function sources(data: Data, path: readonly Step[], namespace: string): ObjectReference[] {
  return listAt(data, path).flatMap((source, index) => {
    const [kind, name] = [textAt(source, 'kind'), textAt(source, 'name')];
    const target = kind === 'ConfigMap' ? CONFIG_MAP : kind === 'Secret' ? SECRET : undefined;
    if (target === undefined || name === undefined || name === '' || at(source, 'optional') === true) return [];
    const key = textAt(source, 'valuesKey') ?? (path.at(-1) === 'valuesFrom' ? 'values.yaml' : undefined);
    const keyPath = at(source, 'valuesKey') === undefined ? [...path, index] : [...path, index, 'valuesKey'];
    return [{ target, name, namespace, path: [...path, index, 'name'], neededBy: 'flux' as const, ...(key === undefined ? {} : { keys: [{ key, path: keyPath }] }) }];
  });
}

/** With whose rights, and in which cluster. */
function access(data: Data, namespace: string): ObjectReference[] {
  return [...account(data, namespace), ...secret(data, ['spec', 'kubeConfig', 'secretRef'], namespace)];
}

function account(data: Data, namespace: string): ObjectReference[] {
  const name = textAt(data, 'spec.serviceAccountName');
  return name === undefined || name === '' ? [] : [{ target: SERVICE_ACCOUNT, name, namespace, path: ['spec', 'serviceAccountName'], neededBy: 'flux' }];
}

function secret(data: Data, path: readonly Step[], namespace: string): ObjectReference[] {
  const name = textAt(data, [...path, 'name']);
  return name === undefined || name === '' ? [] : [{ target: SECRET, name, namespace, path: [...path, 'name'], neededBy: 'flux', isOftenHandmade: true }];
}
