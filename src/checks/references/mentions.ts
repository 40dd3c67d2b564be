import { containersOf } from '../../model/containers';
import { isMapping, type Step } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { memoized } from '../memoized';
import { referencesOf } from './references-of-cluster';
import { makersOf, releasesOf, subjectsOf, type Subject } from './subjects';

/**
 * Where a cluster's objects speak of others in words that no API explains: values of charts, specs of objects whose
 * controllers make others, scripts, files in ConfigMaps. What is named there may be made there.
 */
export const mentionsOf = memoized((cluster: Cluster) => {
  const inCharts = new Set<string>();
  const inScripts = new Set<string>();
  for (const { subject } of releasesOf(cluster)) {
    // what its chart and its source are called is no object of the chart
    const fields = subject.identity.kind === 'HelmRelease' ? [['spec', 'values'], ['spec', 'postRenderers']] : [['spec']];
    for (const field of fields) collect(inCharts, subject, field);
  }
  for (const subject of makersOf(cluster)) collect(inCharts, subject, ['spec']);
  for (const subject of subjectsOf(cluster)) {
    if (subject.identity.kind === 'ConfigMap') collect(inScripts, subject, ['data']);
    for (const { path } of containersOf(subject.object)) for (const field of ['command', 'args', 'env']) collect(inScripts, subject, [...path, field]);
  }
  return { inCharts, inScripts };
});

/** Adds every word that could be a name, but for where it is known to be a reference. */
function collect(words: Set<string>, subject: Subject, start: readonly Step[]): void {
  const references = new Set(referencesOf(subject).map(({ path }) => path.join('\n')));
  const visit = (value: unknown, path: readonly Step[]): void => {
    if (path.length > 40) return;
    if (typeof value === 'string') {
      if (!references.has(path.join('\n'))) for (const word of value.slice(0, MOST_TEXT).split(/[^a-z0-9.-]+/)) words.add(word.replace(/^[.-]+|[.-]+$/g, ''));
    } else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else if (isMapping(value)) for (const [key, child] of Object.entries(value)) { words.add(key); visit(child, [...path, key]); }
  };
  visit(start.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as Record<Step, unknown>)[step] : undefined), subject.object.data), start);
}

/** A dashboard in a ConfigMap is as long as a book, and names no object. */
const MOST_TEXT = 100_000;
