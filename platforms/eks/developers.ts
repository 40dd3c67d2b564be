import { k8s, YamlFile } from 'fluxwright';
import type { EnvironmentNamespace } from './namespace';
import { site } from './site';

const look = ['get', 'list', 'watch'];

/** What developers may do in a namespace: see everything but Secrets, and get into pods. What changes it is a commit. */
export function developerRole(namespace: EnvironmentNamespace, suffix: string): void {
  const role = `k8s-developer-role${suffix}`;
  const file = new YamlFile(namespace, 'k8s-developer-user');
  new k8s.KubeRole(file, 'role', {
    metadata: { name: role },
    rules: [
      { apiGroups: [''], resources: ['configmaps', 'endpoints', 'events', 'persistentvolumeclaims', 'pods', 'pods/log', 'serviceaccounts', 'services'], verbs: look },
      { apiGroups: ['apps', 'autoscaling', 'batch', 'discovery.k8s.io', 'networking.k8s.io', 'policy'], resources: ['*'], verbs: look },
      { apiGroups: [''], resources: ['pods/exec', 'pods/portforward'], verbs: ['create', 'get'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
    ],
  });
  new k8s.KubeRoleBinding(file, 'role-binding', {
    metadata: { name: `k8s-developer-rolebinding${suffix}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: site.developerGroup }],
  });
}
