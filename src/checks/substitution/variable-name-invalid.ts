import { at, listAt, mappingAt, textAt, type Step } from '../../model/fields';
import type { AppliedObject } from '../../model/applied-object';
import { isPlaceholder } from '../../model/set-aside';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { substitutings, type Substituting } from './substituting';

export const variableNameInvalid: Rule = {
  id: 'variable-name-invalid',
  severity: 'error',
  why: 'One variable whose name is not made of letters, digits and underscores keeps Flux from substituting anything, and the whole Kustomization fails; that includes every key of what substituteFrom names.',
  example: `spec:
  postBuild:
    substitute:
      cluster-name: prod`,
  fix: 'write it with underscores, here and where it is used; keep data that is no variable in another ConfigMap or Secret',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *find(context) {
    for (const substituting of substitutings(context)) {
      const { cluster, kustomization, variables } = substituting;
      if (substituting.objects.length === 0 && kustomization.objects.length === 0) continue;
      for (const name of variables.values.keys()) {
        if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || isPlaceholder(name)) continue;
        yield {
          at: placeOf(name, substituting),
          message: `"${name}" is no name for a variable, and Flux refuses the Kustomization ${kustomization.key}`,
          fix: /^[A-Za-z_][\w.-]*$/.test(name) ? `write "${name.replace(/[.-]/g, '_')}", here and where it is used` : undefined,
          in: place(cluster, kustomization),
        };
      }
    }
  },
};

function placeOf(name: string, { cluster, kustomization }: Substituting): { readonly object: AppliedObject; readonly path: readonly Step[] } {
  const { object, data, namespace } = kustomization;
  if (mappingAt(data, 'spec.postBuild.substitute')[name] !== undefined) return { object, path: ['spec', 'postBuild', 'substitute', name] };
  for (const [index, reference] of listAt(data, 'spec.postBuild.substituteFrom').entries()) {
    const source = cluster.kustomizations.flatMap(({ objects }) => objects).find((one) => one.kind === textAt(reference, 'kind') && one.name === textAt(reference, 'name') && (one.namespace ?? namespace) === namespace);
    for (const field of ['data', 'stringData']) if (at(source?.data, [field, name]) !== undefined) return source!.source === undefined ? { object, path: ['spec', 'postBuild', 'substituteFrom', index] } : { object: source!, path: [field, name] };
  }
  return { object, path: ['spec', 'postBuild', 'substituteFrom'] };
}
