import { k8s, KubeObject, type Directory } from 'fluxwright';
import { metadataOf } from './names';
import type { ServiceDefinition } from './service-definition';

/** An ingress controller, in what it wants to be told. */
interface IngressController {
  readonly annotations: Readonly<Record<string, string>>;
  readonly ingressClassName?: string;
  readonly pathType: 'Prefix' | 'ImplementationSpecific';

  /** The paths below a route, which reach the service without the route. */
  readonly path: (route: string) => string;
}

/** Azure's Application Gateway, which terminates TLS with a certificate of its own. */
export function applicationGateway(certificate: string): IngressController {
  return {
    annotations: {
      'kubernetes.io/ingress.class': 'azure/application-gateway',
      'appgw.ingress.kubernetes.io/ssl-redirect': 'true',
      'appgw.ingress.kubernetes.io/appgw-ssl-certificate': certificate,
      'appgw.ingress.kubernetes.io/backend-path-prefix': '/',
    },
    pathType: 'Prefix',
    path: (route) => (route === '/' ? route : `${route}/*`),
  };
}

/** ingress-nginx, which reads paths as regular expressions and passes on their second group. */
export const nginx: IngressController = {
  annotations: { 'nginx.ingress.kubernetes.io/use-regex': 'true', 'nginx.ingress.kubernetes.io/rewrite-target': '/$2' },
  ingressClassName: 'nginx',
  pathType: 'ImplementationSpecific',
  path: (route) => (route === '/' ? '/()(.*)' : `${route}(/|$)(.*)`),
};

/** The way in: every route of the services, on one host or, without one, on all. */
export function ingress(directory: Directory, controller: IngressController, services: Readonly<Record<string, ServiceDefinition>>, host?: string): void {
  const { annotations, ingressClassName, pathType, path } = controller;
  const routes = Object.entries(services).flatMap(([name, { route, port }]) => (route === null ? [] : [{ name, route, port }]));
  new KubeObject(directory, 'jore4-ingress', {
    of: k8s.KubeIngress,
    object: {
      metadata: { ...metadataOf('ingress'), annotations },
      spec: {
        ingressClassName,
        rules: [{
          host,
          http: { paths: routes.map(({ name, route, port }) => ({ path: path(route), pathType, backend: { service: { name: metadataOf(name).name, port: { number: port } } } })) },
        }],
      },
    },
  });
}
