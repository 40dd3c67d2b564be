import { GitopsApp, k8s, KubeObject } from 'fluxwright';
import { sharedBase } from '../base';
import type { EksEnvironment } from '../environment';
import { EnvironmentNamespace } from '../namespace';
import { site } from '../site';

const labels = { app: 'cdc-toolbox' };

/** A pod to look at Kafka and the databases from: `kubectl -n test exec -it deploy/cdc-toolbox -- bash`. */
export function cdcToolbox(environment: EksEnvironment): EnvironmentNamespace {
  const base = sharedBase(GitopsApp.of(environment), 'cdc-toolbox', 'test', (directory) => {
    new k8s.KubeNamespace(directory, 'namespace', { metadata: { name: 'test' } });
    new KubeObject(directory, 'deployment', {
      of: k8s.KubeDeployment,
      object: {
        metadata: { name: 'cdc-toolbox' },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              automountServiceAccountToken: false,
              imagePullSecrets: [{ name: 'docker-hub' }],
              containers: [{
                name: 'cdc-toolbox',
                image: site.images.cdcToolbox,
                command: ['sleep', 'infinity'],
                resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '512Mi' } },
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              }],
            },
          },
        },
      },
    });
  });
  return new EnvironmentNamespace(environment, 'test', { isThere: true, pullsOwnImages: true, bases: [base] });
}
