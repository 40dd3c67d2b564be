import { visible } from '../../visible';
import { durationText } from '../durations';
import type { ClusterPlan, Plan, PlannedNever, RunbookStep } from '../plan';
import { blockedText, headline, listed, namingOf, neverTitle, pathText, plural, stepNotes, together, type Naming } from './words';

/** For a comment or a runbook in a wiki: what never becomes ready first, the waves as a table. */
export function formatMarkdown(plan: Plan): string {
  const { unapplied = [], clusters, of } = plan;
  const blocks = clusters.map((cluster) => clusterText(plan, cluster));
  if (blocks.length === 0) blocks.push(of === 'change' ? 'No Flux Kustomization is concerned.' : 'There is no Flux Kustomization in this tree.');
  if (unapplied.length > 0) blocks.push(`${plural(unapplied.length, 'changed file')} that no Flux Kustomization is built from: ${escaped(listed(unapplied, 5))}`);
  return blocks.join('\n\n');
}

function clusterText(plan: Plan, cluster: ClusterPlan): string {
  const name = namingOf(cluster);
  const { runbook = [], removed = [], never, criticalPath, longest } = cluster;
  return [
    `### ${escaped(headline(plan, cluster))}`,
    ...(never.length === 0 ? [] : [`**Never ready**\n\n${together(never).map(({ all, first }) => neverItem(all, first, name)).join('\n')}`]),
    ...(removed.length === 0 ? [] : [removed.map(({ kustomization, objects, isPruned }) => `- **${escaped(name(kustomization))} is removed**: ${isPruned ? `Flux deletes the ${plural(objects, 'object')} that it has applied` : `the ${plural(objects, 'object')} that it has applied stay, since it does not prune`}`).join('\n')]),
    ...runbook.map(runbookText),
    ...(cluster.waves.length === 0 ? [] : [table(cluster, name)]),
    ...(criticalPath.length < 3 ? [] : [`Critical path${longest === undefined || longest === 0 ? '' : ` (waits up to ${durationText(longest)})`}: ${escaped(pathText(cluster, name))}`]),
  ].join('\n\n');
}

function table({ waves }: ClusterPlan, name: Naming): string {
  const rows = waves.flatMap((steps, index) => steps.map((step) => `| ${index + 1} | ${escaped(name(step.kustomization))} | ${escaped(step.path ?? '')} | ${escaped(stepNotes(step, name).join('; '))} |`));
  return ['| wave | Kustomization | path | |', '| ---: | --- | --- | --- |', ...rows].join('\n');
}

function neverItem(all: readonly PlannedNever[], one: PlannedNever, name: Naming): string {
  const title = `- **${escaped(neverTitle(all, name))}**`;
  if (one.faults.length === 0) return `${title} ${escaped(blockedText(one, name))}`;
  return `${title}: ${one.faults.map(({ message, fix, at }) => `${escaped(message)}<br>fix: ${escaped(fix)}${at === undefined ? '' : `<br>at: ${escaped(at)}`}`).join('<br>')}`;
}

function runbookText({ title, commands, notes }: RunbookStep, index: number): string {
  const lines = commands.map((line) => visible(line, 2000));
  // a fence longer than any run of backticks in it
  const fence = '`'.repeat(Math.max(3, ...lines.map((line) => Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length + 1)))));
  return [`${index + 1}. **${escaped(title)}**`, ...(lines.length === 0 ? [] : [`${fence}sh\n${lines.join('\n')}\n${fence}`]), ...(notes.length === 0 ? [] : [notes.map((note) => `   - ${escaped(note)}`).join('\n')])].join('\n\n');
}

/** Text from files as it is: no markup, and nobody is called by an @. */
function escaped(text: string): string {
  return visible(text, 2000).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replace(/[\\`*_{}[\]|~]/g, '\\$&').replace(/([@#])(?=\w)/g, '$1\u2060').replace(/\b(https?):\/\//g, '$1\u2060://');
}
