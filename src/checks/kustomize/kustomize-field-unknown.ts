import { isMapping, listAt, type Data, type Step } from '../../model/fields';
import type { KustomizationFile } from '../../model/kustomization-file';
import { ENTRY_FIELDS, KUSTOMIZATION_FIELDS } from '../../model/kustomization-fields';
import { isSetAside } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import { memoized } from '../memoized';
import { reachedFiles } from '../reached-files';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';

export const kustomizeFieldUnknown: Rule = {
  id: 'kustomize-field-unknown',
  severity: 'error',
  why: 'kustomize refuses to build a folder whose kustomization.yaml has a field that it does not know; at the path of a Flux Kustomization Flux drops the field instead, so that what it lists is not applied, or is deleted where prune is on, and nobody is told.',
  example: `resource: # the field is called "resources"
  - deployment.yaml`,
  fix: 'write a field that kustomize knows, or drop it',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/',

  *find(context) {
    const reached = reachedFiles(context);
    for (const file of context.repository.kustomizations.values()) {
      if (isSetAside(file.path) || isForFlux(file)) continue;
      const outcome = fluxPaths(context).has(file.directory) ? 'Flux drops it without a word' : 'refuses to build the folder';
      for (const { path, field, known } of unknownFields(file.data)) {
        const nearest = nearestTo(field, known);
        yield {
          at: { file: file.path, path: [...path, field] },
          message: `kustomize knows no field ${JSON.stringify(field)}${path.length === 0 ? '' : ` in ${String(path[0])}`}, and ${outcome}`,
          fix: nearest === undefined ? undefined : `write "${nearest}:"`,
          severity: reached.has(file.path) ? 'error' : 'notice',
        };
      }
    }
  },
};

interface UnknownField {
  /** Of what it stands in. */
  readonly path: readonly Step[];
  readonly field: string;
  readonly known: Iterable<string>;
}

function* unknownFields(data: Data): Generator<UnknownField> {
  yield* unknownIn(data, [], KUSTOMIZATION_FIELDS);
  for (const [list, known] of Object.entries(ENTRY_FIELDS)) {
    for (const [index, entry] of listAt(data, list).entries()) if (isMapping(entry)) yield* unknownIn(entry, [list, index], known);
  }
}

/** Go does not mind the case of a field's name. */
function* unknownIn(data: Data, path: readonly Step[], known: Iterable<string>): Generator<UnknownField> {
  const names = new Set([...known].map((name) => name.toLowerCase()));
  for (const field of Object.keys(data)) if (!names.has(field.toLowerCase())) yield { path, field, known };
}

/** A Flux Kustomization in a file of this name, which is another mistake: see kustomize-build-failed. */
function isForFlux({ data }: KustomizationFile): boolean {
  return typeof data['apiVersion'] === 'string' && data['apiVersion'].startsWith('kustomize.toolkit.fluxcd.io/');
}

const fluxPaths = memoized(({ clusters }: CheckContext): ReadonlySet<string | undefined> => new Set(clusters.flatMap(({ kustomizations }) => kustomizations.map(({ path }) => path))));
