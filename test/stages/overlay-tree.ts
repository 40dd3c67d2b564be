/** Files by path. */
export type Files = Readonly<Record<string, string>>;

/** A Deployment with one container. */
export function deployment(name: string, image: string, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: ${name}-system
spec:
  template:
    spec:
      containers:
        - name: ${name}
          image: ${image}
${more}`;
}

/** A patch of that Deployment. */
export function patch(name: string, fields: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: ${name}-system\nspec:\n${fields}`;
}

export function version(name: string, image: string, comment = ''): string {
  return patch(name, `  template:\n    spec:\n      containers:\n        - name: ${name}\n          image: ${image}${comment}\n`);
}

export const kustomization = (lines: string): string => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${lines}`;

/** Two services, and the stages dev, staging and production of overlays with patches. */
export const SHOP: Files = {
  'apps/base/web/kustomization.yaml': kustomization('resources:\n  - deployment.yaml\n'),
  'apps/base/web/deployment.yaml': `# the web shop\n${deployment('web', 'ghcr.io/shop/web')}`,
  'apps/base/mail/kustomization.yaml': kustomization('resources:\n  - deployment.yaml\n'),
  'apps/base/mail/deployment.yaml': deployment('mail', 'ghcr.io/shop/mail'),
  'apps/overlays/staging/kustomization.yaml': kustomization('resources:\n  - ../../base/web\n  - ../../base/mail\npatches:\n  - path: web/version.yaml\n  - path: web/settings.yaml\n  - path: web/_debug.yaml\n  - path: mail/version.yaml\n'),
  'apps/overlays/staging/web/version.yaml': version('web', 'ghcr.io/shop/web:1.3.0'),
  'apps/overlays/staging/web/settings.yaml': patch('web', '  minReadySeconds: 5\n'),
  'apps/overlays/staging/web/_debug.yaml': patch('web', '  revisionHistoryLimit: 1\n'),
  'apps/overlays/staging/mail/version.yaml': version('mail', 'ghcr.io/shop/mail:2.0.0'),
  'apps/overlays/production/kustomization.yaml': `# what customers see\n${kustomization('resources:\n- ../../base/web # the shop\n\npatches:\n# tested in staging\n- path: web/version.yaml\n# decided by Ann\n- path: web/_replicas.yaml\n')}`,
  'apps/overlays/production/web/version.yaml': version('web', 'ghcr.io/shop/web:1.2.0'),
  'apps/overlays/production/web/_replicas.yaml': patch('web', '  replicas: 5\n'),
};
