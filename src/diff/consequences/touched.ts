import { identityTitle } from '../../model/source-object';
import type { Applier, Change, FieldChange } from '../changes';
import { subjectTitle } from '../output/wording';
import { isAppliedOnBoth, type World } from './world';

/** What fields change of: an object, or a file that is no patch of one. */
export interface Touched {
  readonly title: string;
  /** Of an object. */
  readonly kind: string | undefined;
  readonly change: Change;
  readonly fields: readonly FieldChange[];
  readonly appliers: readonly Applier[];
}

/** All that is there on both sides and differs, with who acts on it. */
export function touchedBy({ edits, changes }: World): Touched[] {
  const edited = new Set(edits.map(({ change }) => change));
  return [
    ...edits.map(({ object, change, fields, appliers }): Touched => ({ title: identityTitle(object), kind: object.kind, change, fields, appliers })),
    ...changes.filter((change) => change.subject.type === 'file' && !edited.has(change)).map((change): Touched => ({ title: subjectTitle(change.subject), kind: undefined, change, fields: change.fields, appliers: change.after?.appliers ?? [] })),
  ].filter(({ change }) => isAppliedOnBoth(change));
}
