import { bootstrapped, kustomization, type Files } from '../check-tree';

/** A Deployment with one container, as a file. */
export function deployment(name: string, namespace = 'shop'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - { name: ${name}, image: 'registry.example.com/shop/${name}:1.0' }
`;
}

/** A cluster with the Flux Kustomization `web`, whose folder holds a Deployment and the rest of this kustomization.yaml. */
export function web(rest: string, files: Files = {}, spec = ''): Files {
  return {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/web.yaml': kustomization('web', './web', spec),
    'web/kustomization.yaml': `resources:\n  - deployment.yaml\n${rest}`,
    'web/deployment.yaml': deployment('web'),
    ...files,
  };
}
