import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { WorkloadProps } from '../../shapes/workload';
import { PER_STAGE, site } from '../../site';

/** Chat in front of OpenAI's models, and the proxy that makes Azure's look like them. */
export function chatApps(layer: Layer): void {
  chatApp(layer, 'azure-openai-proxy', {
    namespace: 'aoai-proxy',
    image: 'stulzq/azure-openai-proxy',
    port: { containerPort: 8080, servicePort: 80 },
    env: { AZURE_OPENAI_ENDPOINT: PER_STAGE, AZURE_OPENAI_MODEL_MAPPER: PER_STAGE, AZURE_OPENAI_API_VER: PER_STAGE },
    limits: { cpu: '100m', memory: '128Mi' },
  });
  chatApp(layer, 'chatgpt-next-web', {
    image: 'yidadaa/chatgpt-next-web',
    port: { containerPort: 3000, servicePort: 80 },
    env: { OPENAI_API_KEY: PER_STAGE, BASE_URL: PER_STAGE, CODE: PER_STAGE, DISABLE_GPT4: '1', HIDE_BALANCE_QUERY: '1' },
    limits: { cpu: '100m', memory: '256Mi' },
    host: 'chatgpt',
  });
  chatApp(layer, 'lobe-chat', {
    image: 'lobehub/lobe-chat',
    port: { containerPort: 3210, servicePort: 3210 },
    env: { USE_AZURE_OPENAI: '1', AZURE_API_KEY: PER_STAGE, OPENAI_PROXY_URL: PER_STAGE, ACCESS_CODE: PER_STAGE },
    limits: { cpu: '100m', memory: '256Mi' },
    host: 'lobe',
  });
}

interface ChatAppProps extends Pick<WorkloadProps, 'image' | 'env' | 'limits'> {
  readonly namespace?: string;
  readonly port: { readonly containerPort: number; readonly servicePort: number };
  /** @default not reached from outside */
  readonly host?: string;
}

function chatApp(layer: Layer, name: string, { namespace = name, port, host, ...workload }: ChatAppProps): void {
  const app = new App(layer, name, { namespace });
  app.workload(name, {
    ...workload,
    pullPolicy: 'IfNotPresent',
    ports: [port.containerPort],
    requests: { cpu: '50m', memory: '64Mi' },
    labels: { name },
    more: { pod: { restartPolicy: 'Always' } },
    service: { port: port.servicePort, targetPort: port.containerPort, labels: { app: name } },
    ingress: host === undefined ? undefined : { host: `${host}.${site.domain}`, port: port.servicePort, labels: { app: name } },
  });
  app.staging.encrypted({ patches: host === undefined ? ['deployment'] : ['deployment', 'ingress'] });
}
