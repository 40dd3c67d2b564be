import { at, listAt, textAt } from '../../model/fields';
import { identityTitle } from '../../model/source-object';
import type { SchemaSet } from '../../schema/schema-set';
import { childOf, type FieldNode } from '../../schema/field-node';
import type { FieldChange, FieldStep } from '../changes';
import { fieldText } from '../output/wording';
import type { Consequence } from './consequence';
import { dataOf } from './deleted-objects';
import { quantityOf } from './quantities';
import { findKustomization } from './cluster-pairs';
import { factOf, type Edit, type World } from './world';

const RULE = { text: 'the API server refuses a change of an immutable field, so that the whole Flux Kustomization fails its dry run', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#force' };

/** Changes that the API server refuses: the object has to be made anew. */
export function immutableFields(world: World, schemas: SchemaSet): Consequence[] {
  return world.edits.flatMap((edit): Consequence[] => {
    const { object, fields, before, after, change, appliers } = edit;
    if (before === undefined || after === undefined || change.before!.appliers.length === 0) return [];
    const refused = fields.filter((field) => field.type !== 'marked' && isImmutable(edit, field, schemas));
    if (refused.length === 0) return [];
    const forced = textAt(after, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/force'])?.toLowerCase() === 'enabled' || appliers.every((applier) => at(findKustomization(world.after, applier)?.data, 'spec.force') === true);
    const title = identityTitle(object);
    const names = [...new Set(refused.map(({ path }) => path))].join(', ');
    const data = dataOf({ ...object, data: before });
    const isData = data !== undefined && object.kind !== 'StatefulSet';
    return [{
      class: 'immutable-field', severity: 'danger',
      title: forced ? `changes ${names} of ${title}, which is immutable: with force, Flux deletes it and makes it anew${data ?? ''}` : `changes ${names} of ${title}, which is immutable: Flux fails to apply it`,
      affected: [],
      evidence: { changes: [change], facts: refused.map((field) => `${factOf(change, field)}: ${fieldText(field)}`), rule: RULE },
      appliers,
      advice: forced ? [] : isData ? ['make another object with another name, move the data, and remove this one'] : [object.kind === 'StatefulSet' ? `kubectl delete statefulset ${object.name} --cascade=orphan, so that its pods stay, and let Flux make it anew` : `let it be made anew: kubectl delete it when it may be gone for a moment, or annotate it kustomize.toolkit.fluxcd.io/force: enabled`],
    }];
  });
}

function isImmutable({ object: { apiVersion, group, kind }, before, after }: Edit, field: FieldChange, schemas: SchemaSet): boolean {
  const key = `${group}/${kind}`;
  const { steps } = field;
  if (FIELDS[key]?.some((path) => isBelow(steps, path.split('.'))) === true) return true;
  if (key === 'apps/StatefulSet') return steps[0] === 'spec' && steps.length > 1 && !MUTABLE_IN_STATEFUL_SET.has(String(steps[1]));
  if (key === '/PersistentVolumeClaim') return steps[0] === 'spec' && (isBelow(steps, ['spec', 'resources']) ? isLowered(field) : steps[1] !== 'volumeAttributesClassName');
  if (key === '/Service') return isChangedAddress(field, before);
  if (key === '/Pod') return steps[0] === 'spec' && steps.at(-1) !== 'image' && !['activeDeadlineSeconds', 'terminationGracePeriodSeconds', 'tolerations'].includes(String(steps[1]));
  if (key === '/ConfigMap' || key === '/Secret') return at(before, 'immutable') === true && ['data', 'binaryData', 'stringData', 'immutable'].includes(String(steps[0])) && after !== undefined;
  if (key === 'postgresql.cnpg.io/Cluster') return (isBelow(steps, ['spec', 'storage', 'size']) || isBelow(steps, ['spec', 'walStorage', 'size'])) && isLowered(field);
  return isRuledImmutable(schemas.find(apiVersion, kind)?.nodes[0], steps);
}

/** By `group/Kind`; below a path everything is. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'apps/Deployment': ['spec.selector'],
  'apps/DaemonSet': ['spec.selector'],
  'apps/ReplicaSet': ['spec.selector'],
  'batch/Job': ['spec.template', 'spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.backoffLimitPerIndex', 'spec.managedBy'],
  'storage.k8s.io/StorageClass': ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  'rbac.authorization.k8s.io/RoleBinding': ['roleRef'],
  'rbac.authorization.k8s.io/ClusterRoleBinding': ['roleRef'],
  'networking.k8s.io/IngressClass': ['spec.controller'],
  'scheduling.k8s.io/PriorityClass': ['value', 'preemptionPolicy'],
  'node.k8s.io/RuntimeClass': ['handler'],
  '/Secret': ['type'],
  'apiextensions.k8s.io/CustomResourceDefinition': ['spec.scope', 'spec.group', 'spec.names.kind', 'spec.names.plural'],
};

const MUTABLE_IN_STATEFUL_SET: ReadonlySet<string> = new Set(['replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds', 'revisionHistoryLimit']);

function isBelow(steps: readonly FieldStep[], path: readonly string[]): boolean {
  // a change above a path takes the path along only where something was there
  return path.every((step, index) => steps[index] === step);
}

function isChangedAddress({ steps, type, before, after }: FieldChange, service: unknown): boolean {
  if (steps[1] === 'clusterIP') return type === 'changed' || before === 'None' || after === 'None';
  if (steps[1] === 'clusterIPs') return type === 'changed';
  return steps[1] === 'ipFamilies' && typeof steps[2] === 'number' && steps[2] === 0 && listAt(service, 'spec.ipFamilies').length > 0;
}

function isLowered({ type, before, after }: FieldChange): boolean {
  const [was, is] = [quantityOf(before), quantityOf(after)];
  return type === 'removed' || (was !== undefined && is !== undefined && is < was);
}

/** A custom resource may say so itself: `self == oldSelf`. */
function isRuledImmutable(top: FieldNode | undefined, steps: readonly FieldStep[]): boolean {
  let node = top;
  for (const step of steps) {
    node = typeof step === 'string' ? node && (childOf(node, step) ?? node.values) : node?.items;
    if (node?.schema['x-kubernetes-validations']?.some(({ rule }) => /^\s*\(?\s*(self\s*==\s*oldSelf|oldSelf\s*==\s*self)\s*\)?\s*$/.test(rule)) === true) return true;
  }
  return false;
}
