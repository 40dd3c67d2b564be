import type { Files } from './diff-files';

/** A Flux Kustomization. */
export function flux(name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ./${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${more}`;
}

function cluster(stage: string): Files {
  return {
    [`clusters/${stage}/flux-system/gotk-sync.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  url: ssh://git@example.com/fleet.git
---
${flux('flux-system', `clusters/${stage}`)}`,
    [`clusters/${stage}/flux-system/kustomization.yaml`]: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - gotk-sync.yaml\n',
    [`clusters/${stage}/apps.yaml`]: flux('apps', `apps/${stage}`),
    [`clusters/${stage}/data.yaml`]: flux('data', `data/${stage}`),
    [`apps/${stage}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: shop
resources:
  - ../base
images:
  - name: registry.example.com/web
    newTag: ${stage === 'staging' ? '1.3.0' : '1.2.0'}
`,
    [`data/${stage}/kustomization.yaml`]: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - postgres.yaml\n  - namespace.yaml\n',
    [`data/${stage}/namespace.yaml`]: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
    [`data/${stage}/postgres.yaml`]: `apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: orders
  namespace: shop
spec:
  instances: 3
  storage:
    size: 10Gi
`,
  };
}

/** Two clusters with one base: stages by folder, a database each. */
export const fleet: Files = {
  ...cluster('staging'),
  ...cluster('production'),
  'apps/base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - web.yaml
configMapGenerator:
  - name: web-settings
    files:
      - settings.properties
`,
  'apps/base/settings.properties': 'greeting=hello\n',
  'apps/base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      initContainers:
        - name: migrate
          image: registry.example.com/web
        - name: warm
          image: registry.example.com/web
      containers:
        - name: web
          image: registry.example.com/web
          args: [--port, "8080"]
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LOG_LEVEL
              value: info
            - name: REGION
              value: north
          envFrom:
            - configMapRef:
                name: web-settings
          resources:
            requests:
              cpu: 200m
              memory: 256Mi
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: http
`,
};
