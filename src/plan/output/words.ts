import { durationText } from '../durations';
import type { ClusterPlan, Plan, PlannedLink, PlannedNever, PlannedStep, PlannedWait, Touch } from '../plan';

/** Keys as people say them: without the namespace, where all of a cluster share one. */
export type Naming = (key: string) => string;

export function namingOf({ waves, never }: ClusterPlan): Naming {
  const keys = [...waves.flat().map(({ kustomization }) => kustomization), ...never.filter(({ kind }) => kind === 'Kustomization').map(({ key }) => key)];
  const namespaces = new Set(keys.map((key) => key.slice(0, key.indexOf('/'))));
  const [only] = namespaces;
  return (key) => (namespaces.size === 1 && key.startsWith(`${only}/`) ? key.slice(only!.length + 1) : key);
}

/** What is said of a cluster in one line. */
export function headline({ of }: Plan, { cluster, kustomizations, waves, never, removed = [] }: ClusterPlan): string {
  const name = cluster === '' ? '.' : cluster;
  const stuck = never.filter(({ kind }) => kind === 'Kustomization').length;
  if (of === 'change') return `${name}: ${[`${plural(waves.flat().length + stuck, 'Flux Kustomization')} of ${kustomizations} concerned`, ...(removed.length > 0 ? [`${removed.length} removed`] : [])].join(', ')}`;
  return `${name}: ${plural(kustomizations, 'Flux Kustomization')} in ${plural(waves.length, 'wave')}${stuck === 0 ? '' : `; ${stuck} never ${stuck === 1 ? 'becomes' : 'become'} ready`}`;
}

/** What there is to say of a step beside its name and path. */
export function stepNotes(step: PlannedStep, name: Naming): string[] {
  const { after, early, waits, timeout, readyIn, path, retry, touched } = step;
  const dependencies = after.map(({ on }) => on[0]!).filter((key) => touched?.behind.includes(key) !== true).map(name);
  return [
    ...(touched === undefined ? [] : touchNotes(touched, name)),
    ...(dependencies.length === 0 ? [] : [`after ${listed(dependencies)}`]),
    ...(waits ? [`waits${timeout === undefined ? '' : ` up to ${durationText(timeout)}`}${readyIn === undefined ? '' : `, ready in wave ${readyIn}`}`] : []),
    ...(path === undefined ? ['built from another repository'] : []),
    ...early.map((wait) => `fails until ${earlyText(wait, name)}${retry === undefined ? '' : `; tried again every ${durationText(retry)}`}`),
  ];
}

function earlyText({ reason, on, what = '' }: PlannedWait, name: Naming): string {
  const whom = on.map(name).join(' or ');
  if (reason === 'crd') return `${whom} has installed the CRD of ${what}`;
  if (reason === 'namespace') return `${whom} has made the namespace ${what}`;
  return `${whom} has applied the ${what}`;
}

function touchNotes({ files, objects: { added, changed, removed }, isNew, isChanged, behind }: Touch, name: Naming): string[] {
  if (behind.length > 0) return [`waits for ${listed(behind.map(name))} to have the new revision`];
  const counts = [[added, 'added'], [changed, 'changed'], [removed, 'removed']].filter(([count]) => count !== 0).map(([count, verb]) => `${count} ${verb}`);
  const total = added + changed + removed;
  return [
    isNew ? `new: ${plural(added, 'object')}` : total > 0 ? `${counts.join(', ')} of its objects` : isChanged ? 'its spec changes, what it applies does not' : 'applies the same as before',
    ...(isChanged && total > 0 ? ['its spec changes, too'] : []),
    ...(files.length === 0 ? [] : [`by ${listed(files)}`]),
  ];
}

/** What keeps something that has no fault itself. */
export function blockedText({ blockedBy, becauseOf, key, kind }: PlannedNever, name: Naming): string {
  const direct = [...new Set(blockedBy.map(({ reason, on }) => `${VERBS[reason]} ${name(on)}`))];
  const roots = becauseOf.filter((root) => root !== `${kind} ${key}`).map((root) => name(root.replace(/^Kustomization /, '')));
  const isTold = roots.some((root) => blockedBy.some(({ on }) => name(on) === root));
  return `${listed(direct)}${isTold || roots.length === 0 ? '' : `, held up by ${listed(roots)}`}`;
}

const VERBS: Readonly<Record<PlannedLink['because'] & string, string>> = {
  'applied-by': 'is applied by', 'depends-on': 'depends on', source: 'needs the source of', crd: 'needs the CRDs of', namespace: 'needs the namespace of', wait: 'waits until all is ready that it applies:', 'health-check': 'checks the health of',
};

/** What never becomes ready for one and the same reason, as one: the members of a circle. */
export function together(never: readonly PlannedNever[]): { readonly all: readonly PlannedNever[]; readonly first: PlannedNever }[] {
  const groups = new Map<string, PlannedNever[]>();
  for (const one of never) {
    const isCircle = one.faults.length > 0 && one.faults.every(({ rule }) => rule === 'waits-in-circle');
    const key = isCircle ? `circle ${one.faults.map(({ message }) => message).join('\n')}` : `${one.kind} ${one.key}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((all) => ({ all, first: all[0]! }));
}

/** The names of a group, and when they get as far as to apply. */
export function neverTitle(all: readonly PlannedNever[], name: Naming): string {
  const titles = all.map(({ kind, key, appliesIn }) => `${kind === 'HelmRelease' ? 'HelmRelease ' : ''}${name(key)}${appliesIn === undefined ? '' : ` (applied in wave ${appliesIn})`}`);
  return listed(titles, 10);
}

/** A critical path with what ties each step to the one before. */
export function pathText({ criticalPath }: ClusterPlan, name: Naming): string {
  return criticalPath.map(({ kustomization, because }) => (because === undefined ? name(kustomization) : `${LINKS[because]}${name(kustomization)}${because === 'wait' || because === 'health-check' ? ' is ready' : ''}`)).join('');
}

const LINKS: Readonly<Record<PlannedLink['because'] & string, string>> = {
  'applied-by': ' ⇒ ', 'depends-on': ' → ', source: ' ⇢ ', crd: ' ⇢ ', namespace: ' ⇢ ', wait: ' → ', 'health-check': ' → ',
};

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A list as people say it, with the rest counted. */
export function listed(words: readonly string[], most = 3): string {
  if (words.length <= most) return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
  return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
}
