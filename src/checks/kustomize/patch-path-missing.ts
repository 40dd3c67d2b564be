import { at, textAt } from '../../model/fields';
import type { BuildNote, OperationNote } from '../../model/kustomize/build-notes';
import type { Place, Rule } from '../rule';
import { buildNotes, severityAt, titleOf } from './build-notes';

export const patchPathMissing: Rule = {
  id: 'patch-path-missing',
  severity: 'error',
  why: 'A JSON patch that removes, tests or adds below what is not there keeps the whole Kustomization from being built; one that replaces it adds a field, which is seldom meant.',
  example: `patches:
  - target: { kind: Deployment }
    patch: |-
      - { op: remove, path: /spec/template/spec/containers/1 } # there is one container`,
  fix: 'mend the path, or select only objects that have it',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/',

  *find(context) {
    const seen = new Set<string>();
    for (const note of buildNotes(context)) {
      if (note.type !== 'operation') continue;
      const { patch, index, object, text, fails } = note;
      const operation = patch.operations![index];
      const key = JSON.stringify([patch.at.path, 'file' in patch.at ? patch.at.file : '', index, titleOf(object)]);
      if (seen.has(key)) continue;
      seen.add(key);
      yield {
        at: placeOf(note),
        message: `${textAt(operation, 'op')} in ${titleOf(object)}: ${text}${fails ? ', and kustomize refuses to build' : ''}`,
        fix: fixFor(note),
        severity: severityAt(context, patch.at, fails || textAt(operation, 'path')?.startsWith('/') === false ? 'error' : 'warning'),
      };
    }
  },
};

type Note = BuildNote & OperationNote;

function placeOf({ patch, index }: Note): Place {
  return patch.file === undefined ? patch.at : { file: patch.file, path: [index] };
}

function fixFor({ patch, index, fails }: Note): string | undefined {
  const operation = patch.operations![index];
  const path = textAt(operation, 'path') ?? '';
  if (!path.startsWith('/')) return `write "/${path}"`;
  if (at(operation, 'op') === 'replace' && !fails) return 'write "op: add" if the field is meant to be new; else mend the path';
  return undefined;
}
