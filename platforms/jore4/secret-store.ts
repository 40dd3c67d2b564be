import { k8s, KubeObject, UserError, type YamlFile } from 'fluxwright';
import { metadataOf } from './names';

/** The secrets that a service reads: names, each with the file or files that hold it. */
export type SecretFiles = Readonly<Record<string, string | readonly string[]>>;

/** Where secrets come from. */
export interface SecretStore {
  /** Adds to a service's file what gives it its secrets, and says what its pods mount for it. */
  provide(file: YamlFile, service: string, secrets: SecretFiles): Pick<k8s.Volume, 'csi' | 'configMap'>;
}

/** Azure's key vault, which the Secrets Store CSI driver mounts into the pods. */
export class KeyVault implements SecretStore {
  constructor(private readonly name: string, private readonly tenantId: string) {}

  provide(file: YamlFile, service: string, secrets: SecretFiles): Pick<k8s.Volume, 'csi'> {
    const metadata = metadataOf(`${service}-secret-mapping`);
    new KubeObject(file, 'secret-mapping', {
      of: { apiVersion: 'secrets-store.csi.x-k8s.io/v1alpha1', kind: 'SecretProviderClass' },
      object: {
        metadata,
        spec: {
          provider: 'azure',
          parameters: { useVMManagedIdentity: 'true', tenantId: this.tenantId, keyvaultName: this.name, objects: objectsOf(secrets) },
        },
      },
    });
    return { csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true, volumeAttributes: { secretProviderClass: metadata.name } } };
  }
}

/** Values for clusters without a key vault, in a ConfigMap a service: nothing that anybody may not know. */
export class LocalSecrets implements SecretStore {
  constructor(private readonly values: Readonly<Record<string, string>>) {}

  /** @throws UserError `reference-invalid` for a secret without a value, which the compiler finds for services of all stages */
  provide(file: YamlFile, service: string, secrets: SecretFiles): Pick<k8s.Volume, 'configMap'> {
    const metadata = metadataOf(`${service}-local-secrets`);
    const missing = Object.keys(secrets).filter((secret) => this.values[secret] === undefined);
    if (missing.length > 0) {
      throw new UserError('reference-invalid', `${file.node.path} reads ${missing.join(', ')}, and this stage has no such secrets`, 'give them values in "secrets" of the stage');
    }
    new k8s.KubeConfigMap(file, 'local-secrets', {
      metadata,
      data: Object.fromEntries(filesOf(secrets).map(({ secret, file: name }) => [name, this.values[secret]!])),
    });
    return { configMap: { name: metadata.name } };
  }
}

/** What the driver reads: YAML in YAML, an object a file. */
function objectsOf(secrets: SecretFiles): string {
  const objects = filesOf(secrets).map(({ secret, file }) => `  - |\n    objectName: ${secret}\n    objectAlias: ${file}\n    objectType: secret\n`);
  return `array:\n${objects.join('')}`;
}

function filesOf(secrets: SecretFiles): { readonly secret: string; readonly file: string }[] {
  return Object.keys(secrets).sort().flatMap((secret) => [secrets[secret]!].flat().map((file) => ({ secret, file: file as string })));
}
