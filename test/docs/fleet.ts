import { kustomization, type Files } from '../checks/check-tree';

/** The repository that docs/plan-and-graph.md speaks of. */
export function fleet(webDependsOn = 'database'): Files {
  return {
    'clusters/production/flux-system/gotk-sync.yaml': `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec:\n  interval: 1m\n  url: ssh://git@github.com/example/shop\n  ref: {branch: main}\n  secretRef: {name: flux-system}\n---\n${kustomization('flux-system', './clusters/production')}`,
    'clusters/production/flux-system/kustomization.yaml': 'resources: [gotk-sync.yaml]\n',
    'clusters/production/crds.yaml': kustomization('cnpg-operator', './cnpg-operator', 'wait: true\ntimeout: 5m\n'),
    'clusters/production/database.yaml': kustomization('database', './database', 'dependsOn:\n  - name: cnpg-operator\nwait: true\ntimeout: 10m\ndecryption:\n  provider: sops\n  secretRef: {name: sops-age}\n'),
    'clusters/production/monitoring.yaml': kustomization('monitoring', './monitoring', 'retryInterval: 2m\n'),
    'clusters/production/web.yaml': kustomization('web', './web', `dependsOn:\n  - name: ${webDependsOn}\nwait: true\ntimeout: 3m\n`),
    'cnpg-operator/crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: clusters.postgresql.cnpg.io}\nspec:\n  group: postgresql.cnpg.io\n  names: {kind: Cluster}\n',
    'database/cluster.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg, namespace: default}\nspec: {instances: 3}\n',
    'monitoring/cluster.yaml': 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: metrics, namespace: default}\nspec: {instances: 1}\n',
    'web/images.yaml': 'apiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageRepository\nmetadata: {name: web, namespace: flux-system}\nspec: {image: ghcr.io/example/web, interval: 5m, secretRef: {name: ghcr}}\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImagePolicy\nmetadata: {name: web, namespace: flux-system}\nspec:\n  imageRepositoryRef: {name: web}\n  policy: {semver: {range: ">=1.0.0"}}\n---\napiVersion: image.toolkit.fluxcd.io/v1\nkind: ImageUpdateAutomation\nmetadata: {name: bot, namespace: flux-system}\nspec:\n  interval: 5m\n  sourceRef: {kind: GitRepository, name: flux-system}\n  update: {path: ./web, strategy: Setters}\n',
    'web/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: default}\nspec:\n  containers:\n    - name: web\n      image: ghcr.io/example/web:1.4.2 # {"$imagepolicy": "flux-system:web"}\n',
  };
}
