import { isMapping, mappingAt, textAt, type Data, type Step } from '../../model/fields';
import { attachedGateways, istioGateway } from './route-references';
import { CONFIG_MAP, ISTIO_GATEWAY, SECRET, VOLUME_CLAIM, type ObjectReference, type TargetKind } from './object-reference';

/** Keys that charts of all kinds give to objects that somebody else makes, with the key of the name below them. */
const REFERENCES: Readonly<Record<string, readonly [TargetKind, string?]>> = {
  existingSecret: [SECRET],
  existingConfigmap: [CONFIG_MAP],
  existingConfigMap: [CONFIG_MAP],
  existingClaim: [VOLUME_CLAIM],
  secretRef: [SECRET, 'name'],
  secretKeyRef: [SECRET, 'name'],
  configMapRef: [CONFIG_MAP, 'name'],
  configMapKeyRef: [CONFIG_MAP, 'name'],
};

/** What the values of a HelmRelease name, as far as keys tell: what a chart does with them is its own affair. */
export function chartReferences(release: Data, namespace: string): ObjectReference[] {
  const found: ObjectReference[] = [];
  const visit = (value: unknown, path: readonly Step[], depth: number): void => {
    if (depth > 30) return;
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index], depth + 1));
    if (!isMapping(value) || value['enabled'] === false) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'parentRefs' || key === 'gateways') found.push(...attachments(key, child, [...path, key], namespace));
      const [target, nameKey] = Object.hasOwn(REFERENCES, key) ? REFERENCES[key]! : [];
      const name = nameKey === undefined ? child : isMapping(child) && child['optional'] !== true ? textAt(child, nameKey) : undefined;
      if (target !== undefined && typeof name === 'string' && name !== '') {
        found.push({ target, name, namespace, path: [...path, key, ...(nameKey === undefined ? [] : [nameKey])], neededBy: 'chart' });
      } else visit(child, [...path, key], depth + 1);
    }
  };
  visit(mappingAt(release, 'spec.values'), ['spec', 'values'], 0);
  return found;
}

/** Gateways, as routes of the Gateway API and of Istio name them, under the keys that they have there. */
function attachments(key: 'parentRefs' | 'gateways', list: unknown, path: readonly Step[], namespace: string): ObjectReference[] {
  if (!Array.isArray(list)) return [];
  if (key === 'parentRefs') return attachedGateways(list, path, namespace);
  // a name without a namespace may be a word of the chart's own
  return list.flatMap((gateway, index) => (typeof gateway === 'string' && /^[a-z0-9-]+\/[a-z0-9.-]+$/.test(gateway) ? [{ target: ISTIO_GATEWAY, ...istioGateway(gateway, namespace)!, path: [...path, index], neededBy: 'route' as const }] : []));
}
