import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { site } from '../../site';

/** The mail relay. */
export function postfix(layer: Layer): void {
  const app = new App(layer, 'postfix');
  app.workload('postfix', {
    image: 'boky/postfix',
    pullPolicy: 'IfNotPresent',
    labels: { name: 'postfix' },
    env: { ALLOWED_SENDER_DOMAINS: site.domain },
    more: { pod: { restartPolicy: 'Always' } },
    service: { port: 587, portName: 'smtp', protocol: 'TCP' },
  });
  app.staging.encrypted({ patches: ['deployment'] });
}
