import type { Check } from '../check';
import { quoteValue } from '../schema-problem';
import { fieldsOf, isSet, itemsOf, problemAt, textOf, type Fields } from './object-parts';
import { isDnsSubdomain } from './syntax';

const RBAC = 'rbac.authorization.k8s.io';

/** The rules of a Role or ClusterRole. */
export function checkRole(object: Fields, check: Check): void {
  for (const [index, rule] of itemsOf(object['rules']).entries()) {
    const { verbs, resources, nonResourceURLs, apiGroups } = fieldsOf(rule);
    const at = ['rules', index];
    if (itemsOf(verbs).length === 0 && Array.isArray(verbs)) problemAt(check, [...at, 'verbs'], 'required', 'has no item, and needs one');
    const urls = itemsOf(nonResourceURLs).length > 0;
    if (urls && object['kind'] === 'Role') problemAt(check, [...at, 'nonResourceURLs'], 'combination', 'must not be there: a Role is of one namespace, and URLs are of the cluster');
    if (urls && itemsOf(resources).length > 0) problemAt(check, at, 'combination', 'has resources and nonResourceURLs; one of them is allowed');
    if (urls) continue;
    if (itemsOf(apiGroups).length === 0) problemAt(check, [...at, 'apiGroups'], 'required', 'is missing; write [""] for the core group');
    if (itemsOf(resources).length === 0) problemAt(check, [...at, 'resources'], 'required', 'is missing, and has to be there');
  }
}

/** What a RoleBinding or ClusterRoleBinding binds to whom. */
export function checkBinding(object: Fields, check: Check): void {
  const { apiGroup, kind, name } = fieldsOf(object['roleRef']);
  const group = textOf(apiGroup, check);
  if (group !== undefined && group !== RBAC) problemAt(check, ['roleRef', 'apiGroup'], 'enum', `is ${quoteValue(group)}; allowed is "${RBAC}"`);
  const role = textOf(kind, check);
  const roles = object['kind'] === 'ClusterRoleBinding' ? ['ClusterRole'] : ['Role', 'ClusterRole'];
  if (role !== undefined && !roles.includes(role)) problemAt(check, ['roleRef', 'kind'], 'enum', `is ${quoteValue(role)}; allowed are ${roles.map(quoteValue).join(', ')}`);
  if (name === '') problemAt(check, ['roleRef', 'name'], 'required', 'is empty, and must not be');
  for (const [index, subject] of itemsOf(object['subjects']).entries()) checkSubject(fieldsOf(subject), index, object['kind'] === 'RoleBinding', check);
}

function checkSubject({ kind, apiGroup, namespace, name }: Fields, index: number, inNamespace: boolean, check: Check): void {
  const at = ['subjects', index];
  const whose = textOf(kind, check);
  if (name === '') problemAt(check, [...at, 'name'], 'required', 'is empty, and must not be');
  if (whose === undefined) return;
  if (!['ServiceAccount', 'User', 'Group'].includes(whose)) return problemAt(check, [...at, 'kind'], 'enum', `is ${quoteValue(whose)}; allowed are "ServiceAccount", "User", "Group"`);
  const group = whose === 'ServiceAccount' ? '' : RBAC;
  if (isSet(apiGroup) && apiGroup !== group) problemAt(check, [...at, 'apiGroup'], 'enum', `is ${quoteValue(apiGroup)}; for a ${whose} it is ${quoteValue(group)}`);
  const account = textOf(name, check);
  if (whose === 'ServiceAccount' && account !== undefined && !isDnsSubdomain(account)) problemAt(check, [...at, 'name'], 'name', `is ${quoteValue(account)}; a name has lower-case letters, digits, dashes and dots`);
  if (whose === 'ServiceAccount' && !inNamespace && !isSet(namespace)) problemAt(check, [...at, 'namespace'], 'required', 'is missing: a ClusterRoleBinding has no namespace of its own');
}
