import { ApiObject } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';

/** Elasticsearch and its operator, whose release kustomize downloads. */
export function elasticsearch(layer: Layer): void {
  const operator = 'https://download.elastic.co/downloads/eck/2.6.1';
  const app = new App(layer, 'elasticsearch', { namespace: null, namespaceMetadata: null, staging: { included: false }, resources: [`${operator}/crds.yaml`, `${operator}/operator.yaml`] });
  const namespace = 'elastic';
  new ApiObject(app.base, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  new ApiObject(app.base, 'elasticsearch', {
    apiVersion: 'elasticsearch.k8s.elastic.co/v1',
    kind: 'Elasticsearch',
    metadata: { name: 'es', namespace },
    spec: {
      version: '8.6.0',
      auth: { fileRealm: [{ secretName: 'filerealm-secret' }] },
      nodeSets: [{
        name: 'default',
        count: 1,
        podTemplate: { spec: { containers: [{ name: 'elasticsearch', resources: { requests: { memory: '512Mi', cpu: '100m' }, limits: { memory: '1024Mi' } } }] } },
        volumeClaimTemplates: [{
          metadata: { name: 'elasticsearch-data' }, // the operator mounts the volume of this name
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '8Gi' } }, storageClassName: 'default' },
        }],
        config: { 'node.store.allow_mmap': false },
      }],
      http: { tls: { selfSignedCertificate: { disabled: true } } },
    },
  });
  app.staging.encrypted({ resources: ['filerealm-secret'] });
}
