import { at, listAt, mappingAt, textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { CheckContext } from '../check-context';
import type { Rule } from '../rule';

export const decryptionMissing: Rule = {
  id: 'decryption-missing',
  severity: 'error',
  why: 'Without spec.decryption Flux applies what SOPS encrypted as it is: a Secret with stringData then holds the ciphertext and the Kustomization says Ready; one with data is refused, and nothing of the Kustomization is applied.',
  example: `kind: Kustomization
spec:
  path: ./shop # holds database.enc.yaml
  # decryption: {provider: sops} is not there`,
  fix: 'add "decryption: {provider: sops}" to its spec, with the secretRef of the key if there is one',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption',

  *find(context) {
    for (const { name, kustomizations } of context.clusters) {
      for (const kustomization of kustomizations) {
        if (at(kustomization.data, 'spec.decryption.provider') !== undefined || mayGetIt(kustomization, context)) continue;
        const encrypted = kustomization.objects.filter(({ source, data }) => source?.encrypted === true || at(data, 'sops.mac') !== undefined);
        const [first] = encrypted;
        if (first === undefined) continue;
        const more = encrypted.length === 1 ? '' : `, and ${encrypted.length - 1} more objects`;
        yield {
          at: { object: kustomization.object, path: ['spec'] },
          message: `${first.kind} ${first.name}${first.source === undefined ? '' : ` in ${first.source.file}`}${more} ${encrypted.length === 1 ? 'is' : 'are'} encrypted, and the Kustomization does not decrypt: ${consequence(encrypted.map(({ data }) => data))}`,
          in: `${name}: ${kustomization.key}`,
        };
      }
    }
  },
};

function consequence(objects: readonly Readonly<Record<string, unknown>>[]): string {
  const isApplied = objects.every((object) => object['kind'] === 'Secret' && Object.keys(mappingAt(object, 'data')).length === 0);
  return isApplied ? 'Flux applies the ciphertext, and says that all is well' : 'the API server refuses them, and with them the whole Kustomization';
}

/** Whether a patch of its parent, or in a kustomization file that brings it, may add the decryption, as long as nothing is rendered. */
function mayGetIt({ parent, object }: FluxKustomization, { rendered, repository }: CheckContext): boolean {
  if (rendered) return false;
  if (parent !== undefined && listAt(parent.data, 'spec.patches').length > 0) return true;
  const files = parent?.files ?? (object.source === undefined ? [] : [object.source.file]);
  return repository.kustomizationsAmong(files).some(({ data }) => (
    listAt(data, 'patches').some((patch) => textAt(patch, 'target.kind') === 'Kustomization' || /kustomize\.toolkit\.fluxcd\.io/.test(textAt(patch, 'patch') ?? '') || textAt(patch, 'path') !== undefined)
    || listAt(data, 'patchesStrategicMerge').length > 0 || listAt(data, 'components').length > 0
  ));
}
