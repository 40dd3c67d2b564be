import { JsonPatch6902 } from 'fluxwright';
import { App } from '../shapes/app';
import type { Layer } from '../shapes/layer';

const deployments = ['web', 'emoji', 'voting', 'vote-bot'];

/** Applications of others, taken from their own repositories and fitted in. */
export function thirdParty(layer: Layer): void {
  const collector = 'collector.linkerd-jaeger:55678';
  const emojivoto = new App(layer, 'emojivoto', { namespace: null, namespaceMetadata: null, staging: { namespace: 'emojivoto' }, resources: ['https://github.com/BuoyantIO/emojivoto.git/kustomize/deployment?ref=main'] });
  emojivoto.staging.park(...deployments);
  new JsonPatch6902(emojivoto.staging.overlay, 'mesh', {
    target: { group: 'apps', version: 'v1', kind: 'Deployment', name: deployments.join('|') },
    operations: [
      { op: 'add', path: '/spec/template/spec/containers/0/env/-', value: { name: 'OC_AGENT_HOST', value: collector } },
      { op: 'add', path: '/spec/template/metadata/annotations', value: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/trace-collector': collector } },
      { op: 'replace', path: '/spec/template/spec/containers/0/resources/requests/cpu', value: '10m' },
    ],
  });
}
