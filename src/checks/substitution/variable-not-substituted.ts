import type { AppliedObject } from '../../model/applied-object';
import { at, type Step } from '../../model/fields';
import { isFluxKustomization } from '../../model/sources';
import { formatFieldPath } from '../../schema/schema-problem';
import { isSettled, place } from '../graph/cluster-facts';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import type { Rule } from '../rule';
import { readerOf } from './script-text';
import { expressionsOf, seenVariables, substitutings, textsIn } from './substituting';

export const variableNotSubstituted: Rule = {
  id: 'variable-not-substituted',
  severity: 'warning',
  why: 'Flux substitutes variables for a Kustomization with spec.postBuild alone: without it, and with nothing in it, "${NAME}" is applied as it stands.',
  example: `# in what a Kustomization without spec.postBuild applies
host: \${HOSTNAME}.example.com`,
  fix: 'give the Kustomization the postBuild that others have',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *find(context) {
    const usual = usualVariables(context);
    for (const { cluster, kustomization, left } of unsubstituted(context)) {
      const said = new Set<string>();
      for (const { object, path, name, source, isName } of left) {
        if (said.has(name) || !(usual.has(name) || (isName && !namesOfVariables(context).has(name)))) continue;
        said.add(name);
        yield {
          at: { object, path },
          message: `${source} in ${formatFieldPath(path)} is applied as it stands, since ${kustomization.key} has no variables`,
          fix: `give ${kustomization.key} a spec.postBuild that sets ${name}`,
          severity: isName ? 'error' : 'warning',
          in: place(cluster, kustomization),
        };
      }
    }
  },
};

interface Left {
  readonly object: AppliedObject;
  readonly path: readonly Step[];
  readonly name: string;
  readonly source: string;
  /** Whether it stands where the API server takes no brace. */
  readonly isName: boolean;
}

/** Flux Kustomizations without variables, and the expressions in what they apply. */
const unsubstituted = memoized((context: CheckContext) => context.clusters.flatMap((cluster) => cluster.kustomizations.flatMap((kustomization) => {
  if (at(kustomization.data, 'spec.postBuild') !== undefined && seenVariables(context, cluster, kustomization)?.isActive !== false) return [];
  if (!isSettled(context, kustomization.parent, kustomization.object, 'postBuild') || kustomization.failure !== undefined) return [];
  return [{ cluster, kustomization, left: kustomization.objects.flatMap(leftIn) }];
})));

function leftIn(object: AppliedObject): Left[] {
  if (isFluxKustomization(object) || object.fetchedFrom !== undefined) return []; // what it holds may be for its own variables
  return textsIn(object.data).flatMap(({ path, text }) => {
    const isName = path.length === 2 && path[0] === 'metadata' && NAMES.has(path[1]!);
    if (!isName && readerOf(object, path, text) !== undefined) return [];
    return expressionsOf(text).map(({ name, source }) => ({ object, path, name, source, isName }));
  });
}

/** The API server takes no name with a brace. */
const NAMES: ReadonlySet<Step> = new Set(['name', 'namespace']);

/** What is a variable somewhere in the repository. */
const namesOfVariables = memoized((context: CheckContext): ReadonlySet<string> => new Set(substitutings(context).flatMap(({ variables }) => [...variables.values.keys()])));

/** Variables that are filled in more often than not: where most are left, something in the cluster adds what is missing. */
const usualVariables = memoized((context: CheckContext): ReadonlySet<string> => {
  const filled = new Map<string, number>();
  for (const { objects } of substitutings(context)) {
    for (const name of new Set(objects.flatMap(({ texts }) => texts.flatMap(({ expressions }) => expressions.map((expression) => expression.name))))) filled.set(name, (filled.get(name) ?? 0) + 1);
  }
  for (const { left } of unsubstituted(context)) for (const name of new Set(left.map((one) => one.name))) filled.set(name, (filled.get(name) ?? 0) - 1);
  return new Set([...namesOfVariables(context)].filter((name) => (filled.get(name) ?? -1) >= 0));
});
