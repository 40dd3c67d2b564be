import type { FieldChange, FileSubject } from '../changes';
import { fieldText } from '../output/wording';
import type { Consequence } from './consequence';
import { quantityOf } from './quantities';
import { touchedBy } from './touched';
import { factOf, type World } from './world';

const REPLICAS = { text: 'fewer pods serve the same requests, and the others are ended at once', link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment' };
const RESOURCES = { text: 'a container over its memory limit is killed, over its CPU limit slowed down; requests decide what a node has room for', link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/' };

/** Replicas, requests and limits that are lower than before. */
export function loweredAmounts(world: World): Consequence[] {
  const found: Consequence[] = [];
  for (const { title, kind, change, fields: differing, appliers } of touchedBy(world)) {
    if (appliers.length === 0 || (kind === undefined && (change.subject as FileSubject).role !== 'kustomization')) continue;
    const add = (name: 'replicas-lowered' | 'resources-lowered', fields: readonly FieldChange[]): void => {
      if (fields.length === 0) return;
      const what = fields.map((field) => `${field.path} ${field.type === 'removed' ? `${fieldText(field)} → 1` : field.type === 'added' ? `1 → ${fieldText(field)}` : fieldText(field)}`);
      found.push({
        class: name, severity: 'warning', title: `lowers ${name === 'replicas-lowered' ? 'the replicas' : 'the resources'} of ${title}: ${what.slice(0, 4).join(', ')}`, affected: [],
        evidence: { changes: [change], facts: fields.map((field) => factOf(change, field)), rule: name === 'replicas-lowered' ? REPLICAS : RESOURCES },
        appliers, advice: [],
      });
    };
    add('replicas-lowered', differing.filter((field) => countsPods(field, kind) && (isLowered(field, 1) || isStopped(field))));
    add('resources-lowered', differing.filter((field) => isAmount(field) && kind !== 'PersistentVolumeClaim' && isLowered(field, undefined)));
  }
  return found;
}

function countsPods({ steps }: FieldChange, kind: string | undefined): boolean {
  const [last, above] = [steps.at(-1), steps.at(-2)];
  if (last === 'count' && steps[0] === 'replicas') return true;
  if (last === 'instances') return kind === 'Cluster' && steps.length === 2;
  return last === 'replicas' || last === 'replicaCount' || last === 'minReplicas' || last === 'maxReplicas' || (above === 'autoscaling' && last === 'min');
}

/** Without a number there is one. */
function isStopped({ type, steps, after }: FieldChange): boolean {
  return type === 'added' && after === 0 && steps.length === 2 && steps[0] === 'spec' && steps[1] === 'replicas';
}

function isAmount({ steps }: FieldChange): boolean {
  const at = steps.lastIndexOf('resources');
  return at >= 0 && (steps[at + 1] === 'requests' || steps[at + 1] === 'limits') && steps.length === at + 3;
}

function isLowered({ type, before, after }: FieldChange, whenRemoved: number | undefined): boolean {
  if (type !== 'changed' && type !== 'removed') return false;
  const [was, is] = [quantityOf(before), type === 'removed' ? whenRemoved : quantityOf(after)];
  return was !== undefined && is !== undefined && is < was;
}
