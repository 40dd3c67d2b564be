import { entryHead } from '../diff/output/entry-head';
import { appliersText, fieldText, subjectTitle } from '../diff/output/wording';
import { appliersOf } from '../diff/group-changes';
import type { Change, ChangeEntry, Diff, FieldChange } from '../diff/changes';
import type { Consequence } from '../diff/consequences/consequence';
import { visible } from '../visible';
import { lineEdits } from './line-edits';
import { shownText } from './object-text';
import type { PageConsequence, PageEntry, PageField, PageGroup, PageVersions } from './page';
import type { PlacedFindings } from './place-findings';

/** Longer titles are cut where they are shown. */
const MOST_LETTERS = 1000;
const MOST_FIELDS = 500;

export interface Entries {
  readonly groups: readonly PageGroup[];
  readonly entries: readonly PageEntry[];
  readonly texts: readonly (PageVersions | undefined)[];
  readonly consequences: readonly PageConsequence[];
}

/** Changes and consequences as a page shows them. */
export function pageEntries({ groups, consequences }: Pick<Diff, 'groups' | 'consequences'>, kustomizationsOf: (change: Change) => readonly number[], findings: PlacedFindings): Entries {
  const all = groups.flatMap((group) => group.entries);
  const places = new Map(all.map((entry, index) => [entry, index]));
  const byChange = new Map(all.flatMap((entry, index) => entry.changes.map(({ id }) => [id, index] as const)));
  return {
    groups: groups.map(({ appliers, entries }) => ({ title: visible(appliersText(appliers), MOST_LETTERS), entries: entries.map((entry) => places.get(entry)!) })),
    entries: all.map((entry) => pageEntry(entry, kustomizationsOf, findings)),
    texts: all.map(({ changes: [first] }) => versionsOf(first)),
    consequences: consequences.map((one) => pageConsequence(one, byChange)),
  };
}

function pageEntry(entry: ChangeEntry, kustomizationsOf: (change: Change) => readonly number[], findings: PlacedFindings): PageEntry {
  const { changes } = entry;
  const [first] = changes;
  const { title, place, from, more } = entryHead(entry, 9);
  return {
    type: first.type,
    title: visible(title),
    place: visible(place, MOST_LETTERS),
    from: from === undefined ? undefined : visible(from, MOST_LETTERS),
    more: visible(more, MOST_LETTERS),
    isEncrypted: first.subject.type === 'object' && first.subject.encrypted,
    fields: first.fields.slice(0, MOST_FIELDS).map(pageField),
    kustomizations: [...new Set(changes.flatMap(kustomizationsOf))],
    findings: first.after === undefined ? [] : [...new Set(changes.flatMap(({ after, subject }) => findings.ofObject(after?.file, subjectTitle(subject))))],
  };
}

function pageField(field: FieldChange): PageField {
  const type = field.type === 'added' || field.type === 'removed' ? field.type : 'changed';
  return { type, path: visible(field.path), text: visible(fieldText(field), MOST_LETTERS) };
}

function versionsOf({ before, after, subject }: Change): PageVersions | undefined {
  if (subject.type === 'file' && subject.comparedAs === 'bytes') return undefined;
  const [was, is] = [before, after].map((version) => shownText(version?.content)) as [string, string];
  return { before: was, after: is, edits: lineEdits(was, is) };
}

function pageConsequence({ class: name, severity, title, affected, appliers, evidence, advice }: Consequence, byChange: ReadonlyMap<number, number>): PageConsequence {
  return {
    class: name,
    severity,
    title: visible(title, MOST_LETTERS),
    affected: affected.slice(0, 200).map((text) => visible(text)).concat(affected.length > 200 ? [`and ${affected.length - 200} more`] : []),
    where: appliers.length === 0 ? '' : visible(appliersText(appliers), MOST_LETTERS),
    facts: evidence.facts.slice(0, 50).map((fact) => visible(fact, MOST_LETTERS)),
    rule: evidence.rule,
    advice: advice.map((step) => visible(step, MOST_LETTERS)),
    entries: [...new Set(evidence.changes.flatMap(({ id }) => byChange.get(id) ?? []))],
  };
}

/** What a change concerns, as `cluster: namespace/name`. */
export function concernedBy(change: Change): string[] {
  return appliersOf(change).flatMap(({ cluster, kustomization }) => (kustomization === undefined ? [] : [`${cluster}: ${kustomization}`]));
}
