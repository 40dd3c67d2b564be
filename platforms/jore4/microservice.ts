import { k8s, KubeObject, YamlFile, type Directory } from 'fluxwright';
import { labelsOf, metadataOf } from './names';
import type { SecretStore } from './secret-store';
import type { ServiceDefinition } from './service-definition';

export interface MicroserviceProps {
  readonly definition: ServiceDefinition;

  /** Where its secrets come from. */
  readonly secretStore: SecretStore;

  /**
   * The port of every node that leads to it.
   * @default none: it is reached from within the cluster
   */
  readonly nodePort?: number;
}

const secretFolder = '/mnt/secrets-store';
const secretVolume = 'secrets-store-inline';

/** One service in one file: its environment, its Deployment, its Service, and what lets it read its secrets. */
export class Microservice extends YamlFile {
  constructor(scope: Directory, name: string, { definition, secretStore, nodePort }: MicroserviceProps) {
    const metadata = metadataOf(name);
    super(scope, metadata.name);
    const { image, port, probe, memoryLimit, replicas, env, secrets } = definition;

    const hasSecrets = Object.keys(secrets).length > 0;
    const variables = { ...env, ...(hasSecrets ? { SECRET_STORE_BASE_PATH: secretFolder } : {}) };
    const hasVariables = Object.keys(variables).length > 0;
    const environment = metadataOf(`${name}-env`);
    const healthy = probe === null ? undefined : { httpGet: { path: probe, port } };

    if (hasVariables) new k8s.KubeConfigMap(this, 'environment', { metadata: environment, data: variables });
    const secretSource = hasSecrets ? secretStore.provide(this, name, secrets) : undefined;
    new KubeObject(this, 'deployment', {
      of: k8s.KubeDeployment,
      object: {
        metadata,
        spec: {
          replicas,
          selector: { matchLabels: labelsOf(name) },
          template: {
            metadata: { labels: labelsOf(name) },
            spec: {
              restartPolicy: 'Always',
              containers: [{
                name: `${metadata.name}-image`,
                image,
                imagePullPolicy: 'Always',
                ports: [{ containerPort: port }],
                envFrom: hasVariables ? [{ configMapRef: { name: environment.name } }] : undefined,
                volumeMounts: hasSecrets ? [{ name: secretVolume, mountPath: secretFolder, readOnly: true }] : undefined,
                livenessProbe: healthy,
                readinessProbe: healthy,
                resources: memoryLimit === null ? undefined : { limits: { memory: memoryLimit } },
              }],
              volumes: secretSource === undefined ? undefined : [{ name: secretVolume, ...secretSource }],
            },
          },
        },
      },
    });
    new KubeObject(this, 'service', {
      of: k8s.KubeService,
      object: {
        metadata,
        spec: {
          type: nodePort === undefined ? 'ClusterIP' : 'NodePort',
          selector: labelsOf(name),
          ports: [{ protocol: 'TCP', port, targetPort: port, nodePort }],
        },
      },
    });
  }
}
