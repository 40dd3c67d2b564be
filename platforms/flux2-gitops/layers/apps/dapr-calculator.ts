import { App } from '../../shapes/app';
import { daprComponent, daprConfiguration, daprSidecar } from '../../shapes/dapr';
import type { Layer } from '../../shapes/layer';
import { endpoints } from '../../site';

/** A calculator whose operations are services in as many languages. */
export function daprCalculator(layer: Layer): void {
  const app = new App(layer, 'dapr-calculator', { staging: { parked: true } });
  const part = (name: string, label: string, image: string, port: number, env?: Readonly<Record<string, string>>) => app.workload(name, {
    container: label,
    image: `ghcr.io/dapr/samples/distributed-calculator-${image}:latest`,
    pullPolicy: 'Always',
    ports: [port],
    env,
    selector: { app: label },
    podAnnotations: daprSidecar(name, { port, config: 'appconfig' }),
    service: name === 'calculator-front-end' ? { port: 80, targetPort: port, protocol: 'TCP', type: 'ClusterIP', labels: { app: label } } : undefined,
  });
  part('addapp', 'add', 'go', 6000, { APP_PORT: '6000' });
  part('divideapp', 'divide', 'node', 4000, { APP_PORT: '4000' });
  part('multiplyapp', 'multiply', 'slow-python', 5001, { APP_PORT: '5001' });
  part('subtractapp', 'subtract', 'csharp', 80);
  part('calculator-front-end', 'calculator-front-end', 'react-calculator', 8080);

  daprConfiguration(app.base, 'appconfig');
  daprComponent(app.base, 'statestore', { type: 'state.redis', secretStore: 'kubernetes', metadata: { redisHost: endpoints.redis, redisPassword: { secret: 'redis', key: 'redis-password' } } });
  app.staging.encrypted({ resources: ['redis'] });
}
