import { k8s } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Charts } from './helm-repositories';

const unmanaged = (skuname: string) => ({ skuname });
const managed = (storageaccounttype: string) => ({ cachingmode: 'ReadOnly', kind: 'Managed', storageaccounttype });

/** As AKS has them, so that manifests move between the two. */
const storageClasses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  default: unmanaged('StandardSSD_LRS'),
  managed: managed('StandardSSD_LRS'),
  'managed-csi': unmanaged('StandardSSD_LRS'),
  'managed-csi-premium': unmanaged('Premium_LRS'),
  'managed-premium': managed('Premium_LRS'),
};

/** Azure's disks as volumes. */
export function azureDisks(layer: Layer, charts: Charts): void {
  const disks = new App(layer, 'azuredisk-csi-driver', { namespace: 'kube-system', namespaceMetadata: null });
  disks.release('azuredisk-csi-driver', { from: charts['azuredisk-csi-driver'], version: 'v1.x', values: 'Secret' });
  for (const [name, parameters] of Object.entries(storageClasses)) {
    new k8s.KubeStorageClass(disks.base, `storage-class-${name}`, {
      metadata: {
        name,
        labels: { 'addonmanager.kubernetes.io/mode': 'EnsureExists', 'kubernetes.io/cluster-service': 'true' },
        annotations: name === 'default' ? { 'storageclass.kubernetes.io/is-default-class': 'true' } : undefined,
      },
      provisioner: 'disk.csi.azure.com',
      parameters,
      reclaimPolicy: 'Delete',
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  }
}
