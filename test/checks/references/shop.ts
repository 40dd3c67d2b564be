import { bootstrapped, kustomization, type Files } from '../check-tree';

/** A cluster with the namespace "shop", applied from a directory without a kustomization.yaml. */
export function shop(files: Files): Files {
  return { ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('shop', './shop'), 'shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n', ...files };
}

/** A Deployment with one container; `pod` and `container` are YAML in flow style. */
export function deployment(name: string, { pod = '', container = '', labels = `{app: ${name}}` } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: ${labels}}
    spec:
      containers:
        - name: web
          image: ghcr.io/shop/web:1.4.0
${indented(container, 10)}${indented(pod, 6)}`;
}

/** An object of "shop" with a body in YAML. */
export function resource(apiVersion: string, kind: string, name: string, body = '', namespace = 'shop'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\n${body === '' ? '' : `${body.trimEnd()}\n`}`;
}

export function service(name: string, ports = '[{port: 80}]', selector = `{app: ${name}}`): string {
  return resource('v1', 'Service', name, `spec:\n  selector: ${selector}\n  ports: ${ports}`);
}

export function helmRelease(name: string, spec = ''): string {
  return resource('helm.toolkit.fluxcd.io/v2', 'HelmRelease', name, `spec:\n  chart: {spec: {chart: ${name}, sourceRef: {kind: HelmRepository, name: charts}}}\n${spec}`);
}

export function ingress(spec: string, annotations = '{}', namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  namespace: ${namespace}\n  annotations: ${annotations}\nspec:\n${indented(spec, 2)}`;
}

function indented(text: string, by: number): string {
  return text === '' ? '' : `${text.replace(/^(?=.)/gm, ' '.repeat(by))}\n`;
}
