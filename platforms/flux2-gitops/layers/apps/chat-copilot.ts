import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { WorkloadProps } from '../../shapes/workload';
import { site } from '../../site';

/** Microsoft's chat-copilot: a web app, its API, and what the API asks. */
export function chatCopilot(layer: Layer): void {
  const app = new App(layer, 'chat-copilot');
  const searcher = 'chat-copilot-web-searcher';
  const part = (name: string, port: number, { image = name, ingress = true, more }: { image?: string; ingress?: boolean } & Pick<WorkloadProps, 'more'> = {}): void => {
    app.workload(name, {
      image: `${site.registry}/${image}:main`,
      pullPolicy: 'Always',
      ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
      more,
      service: { port, labels: { app: name } },
      ingress: ingress ? { host: `${name}.${site.domain}`, port } : undefined,
    });
    app.staging.encrypted({ patches: [`${name}-deployment`, ...(ingress ? [`${name}-ingress`] : [])] });
  };

  part('chat-copilot-webapp', 3000, { image: 'chat-copilot-webapp-nginx' });
  part('chat-copilot-webapi', 8080, {
    more: {
      pod: {
        initContainers: [{
          name: 'wait-for-web-searcher',
          image: 'curlimages/curl:latest',
          command: ['/bin/sh', '-c'],
          args: [`while [ $(curl -sw '%{http_code}' http://${searcher} -o /dev/null) -ne 200 ]; do sleep 2; echo 'Waiting for the webserver...'; done`],
        }],
      },
    },
  });
  part(searcher, 80);
  part('chat-copilot-memorypipeline', 80, { ingress: false });
}
