import { k8s } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { PER_STAGE } from '../../site';

/** Reads a secret from Azure Key Vault with the identity of its workload. */
export function azwi(layer: Layer): void {
  const app = new App(layer, 'azwi');
  new k8s.KubeServiceAccount(app.base, 'service-account', {
    metadata: { name: 'azwi', labels: { 'azure.workload.identity/use': 'true' }, annotations: { 'azure.workload.identity/client-id': PER_STAGE } },
  });
  app.workload('azwi', {
    container: 'msal-go',
    image: 'ghcr.io/azure/azure-workload-identity/msal-go',
    env: { KEYVAULT_URL: PER_STAGE, SECRET_NAME: PER_STAGE },
    labels: {},
    more: { pod: { serviceAccountName: 'azwi', nodeSelector: { 'kubernetes.io/os': 'linux' } } },
  });
  app.staging.encrypted({ patches: ['deployment', 'service-account'] });
}
