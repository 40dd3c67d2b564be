import { identityTitle } from '../../model/source-object';
import type { FieldChange } from '../changes';
import { fieldText, subjectTitle } from '../output/wording';
import type { Consequence } from './consequence';
import { quantityOf } from './quantities';
import { factOf, type World } from './world';

const REPLICAS = { text: 'fewer pods serve the same requests, and the others are ended at once', link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#scaling-a-deployment' };
const RESOURCES = { text: 'a container over its memory limit is killed, over its CPU limit slowed down; requests decide what a node has room for', link: 'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/' };

/** Replicas, requests and limits that are lower than before. */
export function loweredAmounts(world: World): Consequence[] {
  const found: Consequence[] = [];
  for (const change of world.changes) {
    const edit = world.edits.find((one) => one.change === change);
    const appliers = edit?.appliers ?? (change.subject.type === 'file' && change.subject.role === 'kustomization' ? change.after?.appliers ?? [] : []);
    if (appliers.length === 0 || change.before === undefined || change.after === undefined || change.before.appliers.length === 0) continue;
    const title = edit === undefined ? subjectTitle(change.subject) : identityTitle(edit.object);
    const add = (name: 'replicas-lowered' | 'resources-lowered', fields: readonly FieldChange[]): void => {
      if (fields.length === 0) return;
      const what = fields.map((field) => `${field.path} ${field.type === 'removed' ? `${fieldText(field)} → 1` : fieldText(field)}`);
      found.push({
        class: name, severity: 'warning', title: `lowers ${name === 'replicas-lowered' ? 'the replicas' : 'the resources'} of ${title}: ${what.slice(0, 4).join(', ')}`, affected: [],
        evidence: { changes: [change], facts: fields.map((field) => factOf(change, field)), rule: name === 'replicas-lowered' ? REPLICAS : RESOURCES },
        appliers, advice: [],
      });
    };
    add('replicas-lowered', change.fields.filter((field) => countsPods(field, edit?.object.kind) && isLowered(field, 1)));
    add('resources-lowered', change.fields.filter((field) => isAmount(field) && edit?.object.kind !== 'PersistentVolumeClaim' && isLowered(field, undefined)));
  }
  return found;
}

function countsPods({ steps }: FieldChange, kind: string | undefined): boolean {
  const [last, above] = [steps.at(-1), steps.at(-2)];
  if (last === 'count' && steps[0] === 'replicas') return true;
  if (last === 'instances') return kind === 'Cluster' && steps.length === 2;
  return last === 'replicas' || last === 'replicaCount' || last === 'minReplicas' || last === 'maxReplicas' || (above === 'autoscaling' && last === 'min');
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
