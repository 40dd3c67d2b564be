import { formatImage } from '../../tree/image-reference';
import { identityTitle } from '../../model/source-object';
import type { Applier, Change, DiffCounts, FieldChange, ImageChange, Subject } from '../changes';

/** `Deployment shop/web`, or a file's path. */
export function subjectTitle(subject: Subject): string {
  return subject.type === 'object' ? identityTitle(subject) : subject.path;
}

/** Where appliers are, in few words: `flux-system/apps in dev, test, production`. */
export function appliersText(appliers: readonly Applier[]): string {
  if (appliers.length === 0) return 'applied by nothing';
  const byStages = new Map<string, string[]>();
  const stagesOf = new Map<string, Set<string>>();
  for (const { kustomization, stage } of appliers) {
    const name = kustomization ?? 'by hand, with kubectl';
    stagesOf.set(name, (stagesOf.get(name) ?? new Set()).add(stage));
  }
  for (const [name, stages] of stagesOf) {
    const key = [...stages].join(', ');
    byStages.set(key, [...(byStages.get(key) ?? []), name]);
  }
  return [...byStages].map(([stages, names]) => (names.length === 1 && names[0]!.endsWith(`/${stages}`) ? names[0]! : `${listed(names)} in ${stages}`)).join('; ');
}

/** A few of them, and how many more there are. */
export function listed(names: readonly string[], most = 6): string {
  return names.length <= most ? names.join(', ') : `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} more`;
}

/** A value on one line: texts as they are where that is clear, all else as JSON. */
export function valueText(value: unknown, most = 160): string {
  const text = typeof value === 'string' && /^[^\s"'{}[\],#][^\n\t"]*$/.test(value) && value === value.trim() ? value : JSON.stringify(value) ?? '';
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** What an image becomes: `registry.example.com/web 1.2.0 → 1.3.0 (policy flux-system:web)`. */
export function imageText({ before, after, policy }: ImageChange): string {
  const set = policy.after ?? policy.before;
  const by = set === undefined ? '' : policy.before !== undefined && policy.after !== undefined && policy.before !== policy.after ? ` (policy ${policy.before} → ${policy.after})` : policy.after === undefined ? ` (no longer set by policy ${set})` : ` (policy ${set})`;
  if (before === undefined || after === undefined) return `${before === undefined ? '' : formatImage(before)} → ${after === undefined ? '' : formatImage(after)}${by}`.trim();
  const [was, is] = [before, after].map(({ tag, digest }) => [tag, digest === undefined ? undefined : `@${digest.slice(0, 19)}`].filter((part) => part !== undefined).join('') || 'no tag');
  if (before.repository === after.repository) return `${after.repository === '' ? '' : `${after.repository} `}${was} → ${is}${by}`;
  return `${formatImage(before)} → ${formatImage(after)}${by}`;
}

/** What a field becomes, on one line. */
export function fieldText(field: FieldChange): string {
  const { type, before, after, image } = field;
  if (type === 'marked') return before === undefined ? `now set by image policy ${String(after)}` : after === undefined ? `no longer set by image policy ${String(before)}` : `set by image policy ${String(before)} → ${String(after)}`;
  if (type === 'reordered') return 'in another order';
  if (type === 'changed' && image !== undefined) return imageText(image);
  if (type === 'added') return valueText(after);
  if (type === 'removed') return valueText(before);
  return before === after ? 'changed' : `${valueText(before, 80)} → ${valueText(after, 80)}`;
}

/** `3 added, 1 removed, 7 changed and 1 moved`. */
export function countText(changes: readonly Change[]): string {
  const counts = (['added', 'removed', 'changed', 'moved'] as const).map((type) => ({ type, count: changes.filter((change) => change.type === type).length })).filter(({ count }) => count > 0);
  if (counts.length === 0) return 'no differences';
  const parts = counts.map(({ type, count }) => `${count} ${type}`);
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!}`;
}

/** What was looked at, and what was let be. */
export function scopeText({ files, different, layoutOnly, unrelated, parsed, parsedUnchanged, rendered }: DiffCounts): string {
  const parts = [
    `${different} of ${files} files differ`,
    ...(layoutOnly === 0 ? [] : [`${layoutOnly} in layout or comments alone`]),
    ...(unrelated === 0 ? [] : [`${unrelated} of no concern to Flux`]),
    ...(rendered === undefined ? [`${parsed + parsedUnchanged} parsed`] : [`${rendered.built} of ${rendered.of} Flux Kustomizations built`]),
  ];
  return parts.join(', ');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
