import { mappingAt, textsAt } from '../../model/fields';
import { resolveTarget } from '../../model/kustomization-file';
import { nearestTo } from '../../nearest';
import { place } from '../graph/cluster-facts';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import type { Rule } from '../rule';
import { substitutings, type Substituting } from './substituting';

export const variableUnused: Rule = {
  id: 'variable-unused',
  severity: 'notice',
  why: 'A variable that nothing uses is left over, or its name is misspelt where it should be used.',
  example: `spec:
  postBuild:
    substitute:
      HOSTNMAE: web.example.com # the files have \${HOSTNAME:=localhost}`,
  fix: 'drop it, or use it',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  yieldsTo: ['variable-name-invalid'],

  *find(context) {
    const habits = habitsOf(context);
    for (const substituting of substitutings(context)) {
      const { cluster, kustomization } = substituting;
      const { object, path: directory } = kustomization;
      const given = Object.keys(mappingAt(kustomization.object.source?.data, 'spec.postBuild.substitute'));
      if (given.length === 0 || directory === undefined || !isAllSeen(context, substituting)) continue;
      const used = namesUsed(context, substituting);
      for (const name of given) {
        if (used.has(name) || habits.has(name)) continue;
        const meant = nearestTo(name, [...used].filter((one) => !substituting.variables.values.has(one)));
        yield {
          at: { object, path: ['spec', 'postBuild', 'substitute', name] },
          message: `${name} is used by nothing in ${directory === '' ? 'what it applies' : directory}`,
          fix: meant === undefined ? undefined : `write "${meant}", if that is meant`,
          in: place(cluster, kustomization),
        };
      }
    }
  },
};

/** Variables that some of those who give them use: the others give them because all do. */
const habitsOf = memoized((context: CheckContext): ReadonlySet<string> => new Set(
  substitutings(context).flatMap((substituting) => {
    const given = Object.keys(mappingAt(substituting.kustomization.data, 'spec.postBuild.substitute'));
    const used = given.length === 0 || substituting.kustomization.path === undefined ? undefined : namesUsed(context, substituting);
    return given.filter((name) => used?.has(name) === true);
  }),
));

/** Whether every file that variables may stand in is here. */
function isAllSeen({ walker, rendered, repository }: CheckContext, { kustomization }: Substituting): boolean {
  const { path, failure, leftOut, objects } = kustomization;
  if (path === undefined || failure !== undefined || (leftOut ?? []).length > 0 || objects.length === 0) return false;
  return rendered || !repository.isDirectory(path) || (walker.walk(path).remote.length === 0 && walker.walk(path).missing.length === 0);
}

function namesUsed({ walker, repository }: CheckContext, { kustomization }: Substituting): ReadonlySet<string> {
  const { data, path, files, objects } = kustomization;
  const components = textsAt(data, 'spec.components').flatMap((component) => [...walker.walk(resolveTarget(path!, component) ?? '..').files]);
  const found = new Set<string>();
  const read = (text: string): void => {
    for (const [, name] of text.matchAll(/\$\{#?(\w+)/g)) found.add(name!);
  };
  for (const file of [...files, ...components]) read(repository.tree.get(file)?.bytes.toString('utf8') ?? '');
  for (const object of objects) read(JSON.stringify(object.beforeSubstitution ?? object.data));
  read(JSON.stringify(data));
  return found;
}
