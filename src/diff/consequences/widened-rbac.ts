import { listAt, textAt, type Data } from '../../model/fields';
import { boundlessRights, givesEverything, newRights, newSubjects } from '../../model/rbac-rights';
import { identityTitle } from '../../model/source-object';
import type { Change } from '../changes';
import type { Consequence, Rule } from './consequence';
import { factOf, type Edit, type World } from './world';

const RBAC: Rule = { text: 'rights in Kubernetes only add up: whoever a binding names has every right of the role at once', link: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/' };
const ACCOUNT: Rule = { text: 'without spec.serviceAccountName Flux applies with its own rights, which usually are cluster-admin', link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#service-account-reference' };

/** Roles and bindings that allow more than before, and Flux objects that no longer act as a ServiceAccount. */
export function widenedRbac({ edits, changes }: World): Consequence[] {
  return edits.flatMap((given): Consequence[] => {
    const edit = given.before === undefined ? { ...given, before: formerly(given, changes) } : given;
    const { object, change, appliers, after, fields } = edit;
    if (after === undefined) return [];
    const found = widening(edit);
    if (found.length === 0) return [];
    const isFlux = object.kind === 'Kustomization' || object.kind === 'HelmRelease';
    return [{
      class: 'rbac-widened', severity: isForAll(edit) ? 'danger' : 'warning', title: `${isFlux ? 'gives' : 'allows more with'} ${identityTitle(object)}${isFlux ? ' the rights of Flux itself' : ''}: ${found.slice(0, 4).join(', ')}${found.length > 4 ? ` and ${found.length - 4} more` : ''}`, affected: [],
      evidence: { changes: [change], facts: fields.length === 0 ? [factOf(change)] : fields.map((field) => factOf(change, field)), rule: isFlux ? ACCOUNT : RBAC },
      appliers, advice: [],
    }];
  });
}

/** What was the same role or binding under another name or in another namespace: it gives nobody more than that did. */
function formerly({ object, after }: Edit, changes: readonly Change[]): Data | undefined {
  if (!/(Role|Binding)$/.test(object.kind)) return undefined;
  const role = (data: unknown): string => `${textAt(data, 'roleRef.kind') ?? ''} ${(textAt(data, 'roleRef.name') ?? '')}`;
  const isSame = ({ type, subject, before }: Change): boolean => type === 'removed' && subject.type === 'object' && subject.kind === object.kind && subject.name === object.name && role(before!.content) === role(after);
  return changes.find(isSame)?.before!.content as Data | undefined;
}

function widening({ object: { group, kind }, before, after }: Edit): string[] {
  if (group === 'rbac.authorization.k8s.io' && (kind === 'Role' || kind === 'ClusterRole')) return before === undefined ? boundlessRights(after!) : newRights([before], after!);
  if (group === 'rbac.authorization.k8s.io' && (kind === 'RoleBinding' || kind === 'ClusterRoleBinding')) return newSubjects(before, after!);
  if (group === 'kustomize.toolkit.fluxcd.io' || group === 'helm.toolkit.fluxcd.io') {
    const [was, is] = [before, after].map((data) => textAt(data, 'spec.serviceAccountName'));
    return was !== undefined && is === undefined ? [`no longer acts as ServiceAccount ${was}`] : [];
  }
  return [];
}

/** Whether everybody gets something, or somebody gets everything. */
function isForAll({ object: { kind }, before, after }: Edit): boolean {
  if (kind === 'Role' || kind === 'ClusterRole') return givesEverything(after) && !givesEverything(before);
  const had = new Set(listAt(before, 'subjects').map((subject) => textAt(subject, 'name')));
  const fresh = listAt(after, 'subjects').map((subject) => textAt(subject, 'name') ?? '').filter((name) => !had.has(name));
  return fresh.some((name) => EVERYBODY.has(name)) || (fresh.length > 0 && kind === 'ClusterRoleBinding' && textAt(after, 'roleRef.name') === 'cluster-admin');
}

const EVERYBODY: ReadonlySet<string> = new Set(['system:authenticated', 'system:unauthenticated', 'system:anonymous', 'system:serviceaccounts']);
