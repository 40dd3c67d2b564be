import { identityTitle } from '../../model/source-object';
import type { BuiltObject } from '../../model/kustomize/built-object';
import type { Rule } from '../rule';
import { buildNotes, severityAt } from './build-notes';

export const namespaceClash: Rule = {
  id: 'namespace-clash',
  severity: 'error',
  why: 'namespace: moves everything into one namespace. Where two objects of one name come from different ones, kustomize refuses to build.',
  example: `namespace: shop
resources:
  - settings-of-web.yaml # ConfigMap web/settings
  - settings-of-db.yaml # ConfigMap db/settings`,
  fix: 'rename one of the two, or set the namespace in folders of their own',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/',

  *find(context) {
    for (const note of buildNotes(context)) {
      if (note.type !== 'clash') continue;
      const [a, b] = note.objects;
      yield {
        at: note.at,
        message: a.kind === 'Namespace'
          ? `"${note.namespace}" is what both ${before(a)} and ${before(b)} are renamed to: kustomize refuses to build`
          : `"${note.namespace}" makes one object of ${before(a)} and ${before(b)}: kustomize refuses to build`,
        fix: a.kind === 'Namespace' ? 'keep one Namespace, or drop the field' : undefined,
        severity: severityAt(context, note.at, 'error'),
      };
    }
  },
};

function before({ kind, ids, source }: BuiltObject): string {
  const { name, namespace } = ids.at(-1)!;
  return `${identityTitle({ apiVersion: '', group: '', kind, name, namespace })}${source === undefined ? '' : ` (${source.file})`}`;
}
