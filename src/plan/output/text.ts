import { createColors } from 'picocolors';
import { visible } from '../../visible';
import { durationText } from '../durations';
import type { ClusterPlan, Plan, PlannedNever, RunbookStep } from '../plan';
import { blockedText, headline, listed, namingOf, neverTitle, pathText, plural, stepNotes, together, type Naming } from './words';

type Paint = ReturnType<typeof createColors>;

/** For people: cluster by cluster, first what to do, then what comes up when, then what never does. */
export function formatText(plan: Plan, colours: boolean): string {
  const paint = createColors(colours);
  const blocks = plan.clusters.map((cluster) => clusterText(plan, cluster, paint));
  if (plan.of === 'change' && blocks.length === 0) blocks.push('no Flux Kustomization is concerned');
  if (plan.clusters.length === 0 && plan.of !== 'change') blocks.push('there is no Flux Kustomization in this tree, so that Flux would apply nothing');
  const { unapplied = [] } = plan;
  if (unapplied.length > 0) blocks.push(`${plural(unapplied.length, 'changed file')} that no Flux Kustomization is built from: ${visible(listed(unapplied, 5))}`);
  return blocks.join('\n\n');
}

function clusterText(plan: Plan, cluster: ClusterPlan, paint: Paint): string {
  const name = namingOf(cluster);
  return [
    paint.bold(visible(headline(plan, cluster))),
    ...(cluster.runbook ?? []).map((step, index) => runbookText(step, index + 1, paint)),
    wavesText(cluster, name, paint),
    ...(cluster.criticalPath.length < 3 ? [] : [`${paint.bold('critical path')}${cluster.longest === undefined || cluster.longest === 0 ? '' : ` (waits up to ${durationText(cluster.longest)})`}: ${visible(pathText(cluster, name), 2000)}`]),
    ...(cluster.removed ?? []).map(({ kustomization, objects, isPruned }) => `${paint.red('removed')} ${visible(name(kustomization))}: ${isPruned ? `Flux deletes the ${plural(objects, 'object')} that it has applied` : `the ${plural(objects, 'object')} that it has applied stay, since it does not prune`}`),
    ...(cluster.never.length === 0 ? [] : [neverText(cluster.never, name, paint)]),
  ].filter((block) => block !== '').join('\n\n');
}

function runbookText({ title, commands, notes }: RunbookStep, number: number, paint: Paint): string {
  return [`${paint.bold(`${number}. ${title}`)}`, ...commands.map((line) => `   ${visible(line, 2000)}`), ...notes.map((note) => `   ${paint.dim(`# ${visible(note, 1000)}`)}`)].join('\n');
}

function wavesText({ waves }: ClusterPlan, name: Naming, paint: Paint): string {
  const rows = waves.flatMap((steps, index) => steps.map((step, at) => ({ wave: at === 0 ? `wave ${index + 1}` : '', kustomization: visible(name(step.kustomization)), path: visible(step.path ?? ''), notes: stepNotes(step, name).map((note) => visible(note, 1000)).join('; ') })));
  const width = (column: 'wave' | 'kustomization' | 'path', most: number): number => Math.min(most, Math.max(0, ...rows.map((row) => row[column].length)));
  const [first, second, third] = [width('wave', 9), width('kustomization', 40), width('path', 50)];
  return rows.map(({ wave, kustomization, path, notes }) => `${paint.cyan(wave.padEnd(first))}  ${kustomization.padEnd(second)}  ${paint.dim(path.padEnd(third))}  ${notes}`.trimEnd()).join('\n');
}

function neverText(never: readonly PlannedNever[], name: Naming, paint: Paint): string {
  return [paint.bold(paint.red('never ready')), ...together(never).map(({ all, first }) => {
    const title = `  ${paint.bold(visible(neverTitle(all, name), 1000))}`;
    if (first.faults.length === 0) return `${title} ${visible(blockedText(first, name), 1000)}`;
    const faults = first.faults.flatMap(({ rule, message, fix, at }) => [`    ${visible(message, 1000)} ${paint.dim(`[${rule}]`)}`, `    ${paint.dim('fix:')} ${visible(fix, 1000)}`, ...(at === undefined ? [] : [`    ${paint.dim(`at: ${visible(at)}`)}`])]);
    return [title, ...faults].join('\n');
  })].join('\n');
}
