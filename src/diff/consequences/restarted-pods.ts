import { isMapping, mapping, textAt } from '../../model/fields';
import { podSpecPath } from '../../model/containers';
import { listAt } from '../../model/fields';
import { identityTitle } from '../../model/source-object';
import type { Applier, Change, FieldStep } from '../changes';
import type { Consequence } from './consequence';
import { findKustomization } from './cluster-pairs';
import { factOf, type Edit, type World } from './world';

const TEMPLATE = { text: 'a change of the pod template replaces all pods of the workload', link: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#updating-a-deployment' };
const HASH = { text: 'a generated ConfigMap or Secret gets another name when its content changes, which stands in the pod templates that use it', link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/' };

/** Workloads whose pods are replaced. */
export function restartedPods(world: World): Consequence[] {
  return [...byTemplate(world), ...byGenerator(world)];
}

function byTemplate(world: World): Consequence[] {
  return world.edits.filter(restarts).map(({ object, change, fields, appliers, before }): Consequence => ({
    class: 'pods-restart', severity: 'notice', title: `restarts the pods of ${identityTitle(object)}`, affected: [],
    evidence: { changes: [change], facts: fields.filter(({ steps }) => isOfPods(object.kind, object.group, steps, before)).slice(0, 3).map((field) => factOf(change, field)), rule: TEMPLATE },
    appliers, advice: [],
  }));
}

function restarts({ object: { kind, group }, before, after, fields, change }: Edit): boolean {
  if (before === undefined || after === undefined || change.before!.appliers.length === 0) return false;
  if (kind === 'StatefulSet' && textAt(after, 'spec.updateStrategy.type') === 'OnDelete') return false;
  return fields.some(({ steps, type }) => type !== 'marked' && isOfPods(kind, group, steps, before));
}

function isOfPods(kind: string, group: string, steps: readonly FieldStep[], before: unknown): boolean {
  if (group === 'postgresql.cnpg.io' && kind === 'Cluster') return steps[0] === 'spec' && ['imageName', 'imageCatalogRef', 'resources', 'env', 'envFrom', 'affinity', 'priorityClassName'].includes(String(steps[1]));
  if (!['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind) || podSpecPath(kind) === undefined || !isMapping(before)) return false;
  return steps[0] === 'spec' && steps[1] === 'template';
}

/** What a generator reads changed, or what a kustomization.yaml says of it. */
function byGenerator(world: World): Consequence[] {
  return world.changes.flatMap((change): Consequence[] => {
    if (change.subject.type !== 'file' || change.type !== 'changed') return [];
    const names = generatorsOf(change, world);
    if (names.length === 0) return [];
    const found = new Map<string, Applier[]>();
    for (const applier of change.after!.appliers) {
      const kustomization = findKustomization(world.after, applier);
      for (const object of kustomization?.objects ?? []) {
        const path = podSpecPath(object.kind);
        if (path === undefined || !['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind) || !names.some((name) => mentions(object.data['spec'], name))) continue;
        found.set(identityTitle(object), [...(found.get(identityTitle(object)) ?? []), applier]);
      }
    }
    if (found.size === 0) return [];
    return [{
      class: 'pods-restart', severity: 'notice', title: `restarts the pods of ${[...found.keys()].sort().join(', ')}, which use the generated ${names.join(', ')}`, affected: [],
      evidence: { changes: [change], facts: [factOf(change)], rule: HASH },
      appliers: [...new Set([...found.values()].flat())], advice: [],
    }];
  });
}

/** The names that the generators concerned give, without those that get no hash. */
function generatorsOf(change: Change, { after: { repository } }: World): string[] {
  const file = change.after!.file!;
  const names = [...repository.kustomizations.values()].flatMap(({ path, directory, data }) => (['configMapGenerator', 'secretGenerator'] as const).flatMap((field) => (
    listAt(data, field).flatMap((generator) => {
      const name = textAt(generator, 'name');
      const options = { ...mapping(data['generatorOptions']), ...mapping(mapping(generator)['options']) };
      if (name === undefined || options['disableNameSuffixHash'] === true) return [];
      const reads = ['files', 'envs'].some((kind) => listAt(generator, kind).some((entry) => typeof entry === 'string' && resolved(directory, entry.slice(entry.indexOf('=') + 1)) === file));
      const says = path === file && change.fields.some(({ steps }) => steps[0] === field && (typeof steps[1] !== 'object' || steps[1]['name'] === name));
      return reads || says ? [name] : [];
    })
  )));
  return [...new Set(names)].sort();
}

function resolved(directory: string, target: string): string {
  const steps = directory === '' ? [] : directory.split('/');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** Whether a workload names a ConfigMap or Secret anywhere in it, with a hash or without. */
function mentions(value: unknown, name: string): boolean {
  if (typeof value === 'string') return value === name || (value.startsWith(`${name}-`) && /^-[a-z0-9]{10}$/.test(value.slice(name.length)));
  return typeof value === 'object' && value !== null && Object.values(value).some((item) => mentions(item, name));
}
