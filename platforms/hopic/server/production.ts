import { EncryptedFile, FluxKustomization, ImagePolicy, ImageRepository, ImageUpdateAutomation, k8s, NamespaceDirectory, Overlay, StrategicMergePatch, type Directory, type LiveCluster } from 'fluxwright';
import { actsAs, site } from '../site';
import { djangoEnvironment, firstImage } from './django';
import { productionDatabase } from './postgres';
import type { Bases, Prerequisites } from './server';

export const automationAuthor = { name: 'fluxbot', email: 'fluxcd@users.noreply.github.com' };
export const automationMessage = '[ci skip] {{range .Changed.Changes}} {{println .NewValue}}{{end}}';

/** What ephemeral environments are made from. */
export interface Live {
  readonly images: ImageRepository;
  readonly policy: ImagePolicy;
  readonly database: LiveCluster;
}

/** Production: it follows the branch `prod`, and Flux moves its image. */
export function production(directory: Directory, bases: Bases, { operator }: Prerequisites): Live {
  const prod = new NamespaceDirectory(directory, 'prod', { path: 'overlays/prod', namespace: 'server', hasKustomization: false });
  const interval = '2m0s';

  const images = new ImageRepository(prod, 'repository', { name: 'server', image: site.imageRegistry, interval: '1m0s', provider: 'gcp' });
  const policy = new ImagePolicy(prod, 'policy', {
    name: 'server',
    repository: images,
    filterTags: { pattern: '^prod-[a-fA-F0-9]+-(?P<ts>.*)', extract: '$ts' },
    numerical: 'asc',
  });
  new ImageUpdateAutomation(prod, 'automation', {
    name: 'cpho-updater',
    interval: '5m',
    checkoutBranch: site.repository.branch,
    pushBranch: site.repository.branch,
    author: automationAuthor,
    messageTemplate: automationMessage,
    updates: '.',
  });

  const { overlay: postgres, backups, cluster: database } = productionDatabase(prod, bases.postgres);
  const labels = [{ pairs: { app: 'server', branch: 'prod' }, includeSelectors: true }];
  const django = new Overlay(prod, 'django', { bases: [bases.django], namespace: 'server', labels });
  djangoEnvironment(django, { namespace: 'server', host: site.host, image: policy.pin(firstImage), settings: { DISABLE_AUTO_REGISTRATION: 'true' } });
  new StrategicMergePatch(django, 'workload-identity', {
    of: k8s.KubeServiceAccount,
    patch: { metadata: { name: 'server', annotations: actsAs('server-deployment') } },
  });
  new k8s.KubeHorizontalPodAutoscalerV2(django, 'autoscaler', {
    metadata: { name: 'server' },
    spec: {
      minReplicas: 1,
      maxReplicas: 8,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'server' },
      metrics: (['memory', 'cpu'] as const).map((name) => ({
        type: 'Resource',
        resource: { name, target: { type: 'Utilization', averageUtilization: name === 'memory' ? 85 : 65 } },
      })),
    },
  });
  new EncryptedFile(django, 'django-secret-key.enc');
  new EncryptedFile(django, 'phac-aspc-oauth-config.enc');

  const databaseReady = new FluxKustomization(prod, 'server-postgres', { applies: postgres, dependsOn: [operator], interval, wait: true });
  new FluxKustomization(prod, 'server-postgres-backup', { applies: backups, dependsOn: [databaseReady], interval });
  new FluxKustomization(prod, 'server-django', { applies: django, dependsOn: [databaseReady], interval, decryption: { provider: 'sops' } });
  return { images, policy, database };
}
