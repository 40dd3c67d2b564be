import { textAt, type Data } from '../../model/fields';
import type { BuildNote, PatchNote } from '../../model/kustomize/build-notes';
import type { BuiltObject } from '../../model/kustomize/built-object';
import { identityOf, identityTitle } from '../../model/source-object';
import { nearestTo } from '../../nearest';
import { listed } from '../graph/cluster-facts';
import type { Report, Rule } from '../rule';
import { buildNotes, byPlace, severityAt, titleOf } from './build-notes';
import type { CheckContext } from '../check-context';

export const patchWithoutMatch: Rule = {
  id: 'patch-without-match',
  severity: 'error',
  why: 'A patch with a target that selects nothing is left out without a word; one without a target whose object is not there keeps the whole Kustomization from being built.',
  example: `patches:
  - target: { kind: Deployment, name: wbe } # the Deployment is called "web"
    patch: |-
      - { op: replace, path: /spec/replicas, value: 3 }`,
  fix: 'mend the target, or delete the patch',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

  *find(context) {
    const notes = buildNotes(context).filter(isPatchNote);
    for (const same of byPlace(notes, ({ patch }) => patch.at)) {
      const withTarget = same.filter(({ part }) => part === undefined);
      // one that is shared, as in a component, has to find something somewhere
      if (withTarget.length > 0 && withTarget.every(({ hits, isOpen }) => hits.length === 0 && !isOpen)) yield report(context, withTarget[0]!);
      const missed = new Set<string>();
      for (const note of same) {
        if (note.part === undefined || note.hits.length > 0 || note.isOpen || isFoundLater(note, same)) continue;
        const key = JSON.stringify([identityOf(note.part), note.owner === 'component' ? note.directory : '']);
        if (missed.has(key)) continue;
        missed.add(key);
        yield report(context, note);
      }
    }
  },
};

type Note = BuildNote & PatchNote;

function isPatchNote(note: BuildNote): note is Note {
  return note.type === 'patch';
}

/** Whether the same patch finds it in a build of the same directory to which Flux adds something. */
function isFoundLater({ part, directory, patch }: Note, same: readonly Note[]): boolean {
  const title = JSON.stringify(identityOf(part!));
  return same.some((other) => other.directory === directory && other.patch.file === patch.file && other.hits.length > 0 && other.part !== undefined && JSON.stringify(identityOf(other.part)) === title);
}

function report(context: CheckContext, note: Note): Report {
  const { patch, part, directory, owner, candidates } = note;
  const where = owner === 'component' ? `in ${directory === '' ? 'the root' : directory}, which takes the component in` : owner === 'flux' ? `in what ${directory} builds` : 'in what this kustomization.yaml takes in';
  const wanted = part ?? patch.target!;
  const name = part === undefined ? textAt(wanted, 'name') : identityOf(part).name;
  const kind = textAt(wanted, 'kind');
  const alike = candidates.filter((one) => one.kind === kind);
  const meant = name === undefined ? undefined : nearestTo(name, alike.flatMap(({ ids }) => ids.map((id) => id.name)));
  return {
    at: patch.at,
    message: part === undefined
      ? `the target ${flow(wanted)} selects nothing ${where}: the patch does nothing`
      : `the patch is for the ${identityTitle(identityOf(part))}, which is not ${where}: kustomize refuses to build`,
    fix: fixFor(wanted, part, alike, meant),
    severity: severityAt(context, patch.at, part !== undefined || meant !== undefined ? 'error' : 'warning'),
  };
}

function fixFor(wanted: Data, part: Data | undefined, alike: readonly BuiltObject[], meant: string | undefined): string {
  const is = [...new Set(alike.map(titleOf))].sort();
  if (is.length === 0) return `take in what it is for, or delete the patch`;
  const same = part === undefined ? undefined : alike.find(({ ids }) => ids.some((id) => id.name === identityOf(part).name));
  if (same !== undefined) {
    const written = `${same.group === '' ? '' : `${same.group}/`}${same.version}`;
    return written === textAt(wanted, 'apiVersion') ? `write the namespace as it is there: ${titleOf(same)}` : `write apiVersion: ${written}, as it is there`;
  }
  return meant === undefined ? `there is ${listed(is)}: mend the ${part === undefined ? 'target' : 'name'}, or delete the patch` : `write "${meant}", if that is meant`;
}

/** A target in one line, as YAML. */
export function flow(target: Data): string {
  const fields = Object.entries(target).map(([field, value]) => `${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
