import { ImagePolicy, ImageRepository, ImageUpdateAutomation, k8s, KubeObject, StrategicMergePatch, type Directory } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { workload, type WorkloadProps } from '../../shapes/workload';
import { site } from '../../site';

const image = `${site.registry}/echo`;

/** The same service under chaos; beside it a canary, and a mirror whose image Flux keeps up to date. */
export function echo(layer: Layer): void {
  const app = new App(layer, 'echo');
  app.workload('echo', { ...echoed('echo', `${image}:latest`, 'none'), ingress: { host: `echo.${site.domain}`, port: 80 } });
  new StrategicMergePatch(app.staging.overlay, 'environment', {
    of: k8s.KubeDeployment,
    patch: { metadata: { name: 'echo' }, spec: { template: { spec: { containers: [{ name: 'echo', env: [{ name: 'ENVIRONMENT', value: 'production' }] }] } } } },
  });
  chaos(app);
  app.staging.encrypted({ patches: ['echo-ingress'], resources: ['virtual-service', 'echo-traefik-ingress'] });

  const canary = app.staging.beside('echo-canary', { resources: ['ingress'] });
  workload(canary, 'echo-canary', echoed('echo-canary', `${image}:latest`, 'canary'));

  const mirror = app.staging.beside('echo-mirror', { resources: ['ingress'] });
  const policy = imageAutomation(mirror);
  workload(mirror, 'echo-mirror', echoed('echo-mirror', policy.pin(`${image}:0.0.4`), 'none'));
}

function echoed(name: string, from: string, environment: string): WorkloadProps {
  return { container: 'echo', image: from, pullPolicy: 'Always', ports: [8080], env: { ENVIRONMENT: environment }, service: { port: 80, targetPort: 8080, labels: { app: name } } };
}

/** All pods are killed once an hour. */
function chaos({ staging: { overlay } }: App): void {
  new StrategicMergePatch(overlay, 'chaos', { of: k8s.KubeNamespace, patch: { metadata: { name: 'echo', annotations: { 'chaos-mesh.org/inject': 'enabled' } } } });
  new KubeObject(overlay, 'pod-kill-schedule', {
    of: { apiVersion: 'chaos-mesh.org/v1alpha1', kind: 'Schedule' },
    object: {
      metadata: { name: 'pod-kill-schedule' },
      spec: {
        schedule: '0 * * * *',
        type: 'PodChaos',
        concurrencyPolicy: 'Allow',
        historyLimit: 8,
        podChaos: { action: 'pod-kill', mode: 'all', selector: { namespaces: ['echo'], labelSelectors: { app: 'echo' } } },
      },
    },
  });
}

/** Flux proposes new images on a branch. */
function imageAutomation(directory: Directory): ImagePolicy {
  const namespace = 'echo'; // all three in one: policies are looked for nowhere else
  const repository = new ImageRepository(directory, 'image-repository', { name: 'echo', namespace, image, interval: '5m0s' });
  new ImageUpdateAutomation(directory, 'image-update', {
    name: 'echo-mirror',
    namespace,
    interval: '5m0s',
    checkoutBranch: site.repository.branch,
    pushBranch: 'image-updates',
    messageTemplate: 'Update images\n\n{{ range .Changed.Changes -}}\n- {{ .OldValue }} -> {{ .NewValue }}\n{{ end -}}\n',
    updates: directory,
  });
  return new ImagePolicy(directory, 'image-policy', { name: 'echo', namespace, repository, semver: '0.x' });
}
