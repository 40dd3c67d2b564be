import { Alert, EncryptedFile, FluxKustomization, FluxSystem, JsonPatch6902, k8s, NamespaceDirectory, Provider, StrategicMergePatch, type Cluster } from 'fluxwright';
import type { HopicOptions } from './options';
import { actsAs, site, smallResources } from './site';

/** Flux itself, sized for Autopilot, with the Google service accounts that let it read images and decrypt secrets. */
export function fluxSystem(cluster: Cluster, options: HopicOptions): FluxSystem {
  const flux = new FluxSystem(cluster, 'flux-system', {
    url: site.repository.url,
    branch: site.repository.branch,
    sourceInterval: '1m0s',
    interval: '2m0s',
    syncFiles: options.syncByHand ? 'by-hand' : 'by-flux',
  });
  new JsonPatch6902(flux, 'controller-resources', {
    target: { kind: 'Deployment', name: '.*-controller' },
    operations: [{ op: 'replace', path: '/spec/template/spec/containers/0/resources', value: smallResources }],
  });
  new JsonPatch6902(flux, 'kustomize-controller-cpu', {
    target: { kind: 'Deployment', name: 'kustomize-controller' },
    operations: [{ op: 'replace', path: '/spec/template/spec/containers/0/resources/requests/cpu', value: '150m' }],
  });
  new StrategicMergePatch(flux, 'decrypt-with-kms', {
    of: k8s.KubeServiceAccount,
    target: { kind: 'ServiceAccount', name: 'kustomize-controller' },
    patch: { metadata: { annotations: actsAs('sops-kms') } },
  });
  new StrategicMergePatch(flux, 'read-images', {
    of: k8s.KubeServiceAccount,
    target: { kind: 'ServiceAccount', name: 'image-reflector-controller' },
    patch: { metadata: { annotations: actsAs('gcr-credentials-sync') } },
  });
  alerts(cluster, flux);
  return flux;
}

/** The outcome of each reconciliation, as a status of the commit on GitHub. */
function alerts(cluster: Cluster, flux: FluxSystem): void {
  const directory = new NamespaceDirectory(cluster, 'alerts', { path: 'flux-system/alerts', namespace: 'flux-system' });
  new FluxKustomization(directory, 'alerts', {
    applies: directory,
    dependsOn: flux.dependencies,
    interval: '2m0s',
    wait: true,
    decryption: { provider: 'sops' },
  });
  new EncryptedFile(directory, 'github-status-token.enc');
  const github = new Provider(directory, 'provider', { name: 'github-status', type: 'github', address: site.repository.web, secretRef: 'github-status-token' });
  new Alert(directory, 'alert', {
    name: 'github-status',
    provider: github,
    eventSeverity: 'info',
    eventSources: [{ kind: 'Kustomization', name: '*' }],
    exclusionList: ['^Dependencies.*'],
  });
}
