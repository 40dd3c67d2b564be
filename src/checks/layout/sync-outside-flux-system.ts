import type { Rule } from '../rule';
import { identityTitle } from '../../model/source-object';
import { isFluxKustomization } from '../../model/sources';
import { namespaceDirectories } from './namespace-directories';

export const syncOutsideFluxSystem: Rule = {
  id: 'sync-outside-flux-system',
  severity: 'notice',
  why: 'In a tree whose Flux Kustomizations all lie in flux-system, one in another namespace finds neither the source nor the Kustomizations that it names without a namespace.',
  example: `# k8s/shop/sync.yaml
kind: Kustomization
metadata:
  name: shop
  namespace: shop`,
  fix: 'write "namespace: flux-system"',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#source-reference',

  *find({ repository }) {
    const objects = namespaceDirectories(repository).flatMap(({ sync }) => (sync ?? []).filter(isFluxKustomization));
    const outside = objects.filter(({ namespace }) => namespace !== undefined && namespace !== 'flux-system');
    if (outside.length * 2 > objects.length) return; // a custom of its own
    for (const object of outside) yield { at: { object, path: ['metadata', 'namespace'] }, message: `${identityTitle(object)} does not lie in flux-system, as the Kustomizations of its neighbours do` };
  },
};
