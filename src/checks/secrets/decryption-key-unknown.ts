import { textAt } from '../../model/fields';
import type { SourceObject } from '../../model/source-object';
import { matchesObject } from '../object-pattern';
import { isPlaceholder } from '../placeholder';
import { producedBy } from '../references/produced';
import type { Rule } from '../rule';

export const decryptionKeyUnknown: Rule = {
  id: 'decryption-key-unknown',
  severity: 'notice',
  why: 'The Secret with the key that decrypts cannot lie in the repository readable: somebody has to create it in the cluster before the first reconciliation, and again in each new cluster.',
  example: `spec:
  decryption:
    provider: sops
    secretRef: {name: sops-age} # made by nothing in the tree`,
  fix: 'create it with kubectl, and name it under checks.outsiders in fluxwright.yaml, which also tells others that it is needed',
  link: 'https://fluxcd.io/flux/guides/mozilla-sops/#encrypting-secrets-using-age',

  *find({ clusters, repository, settings }) {
    // by name alone: what makes it may be applied by hand, before there is Flux
    const secrets = new Set(repository.objects.flatMap((object) => (object.kind === 'Secret' ? [object.name] : secretsOf(object))));
    for (const { name: cluster, kustomizations } of clusters) {
      const told = new Set<string>();
      for (const { data, namespace, object, key } of kustomizations) {
        const name = textAt(data, 'spec.decryption.secretRef.name');
        if (name === undefined || isPlaceholder(name) || secrets.has(name) || told.has(`${namespace}/${name}`)) continue;
        if (settings.outsiders.some((pattern) => matchesObject(pattern, { kind: 'Secret', namespace, name }))) continue;
        told.add(`${namespace}/${name}`);
        yield {
          at: { object, path: ['spec', 'decryption', 'secretRef'] },
          message: `nothing in the tree makes the Secret ${namespace}/${name}, which holds the key`,
          fix: `create it once: kubectl -n ${namespace} create secret generic ${name} --from-file=age.agekey; then name "Secret/${namespace}/${name}" under checks.outsiders in fluxwright.yaml`,
          in: `${cluster}: ${key}`,
        };
      }
    }
  },
};

function secretsOf(object: SourceObject): string[] {
  return producedBy(object, object.data).flatMap(({ target, name }) => (target.kind === 'Secret' ? [name] : []));
}
