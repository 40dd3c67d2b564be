import { bootstrapped, type Files } from '../check-tree';

/** A cluster with image automation in flux-system and a marked deployment of an application. */
export function fleet(changes: Files = {}): Files {
  return {
    ...bootstrapped('clusters/prod'),
    'clusters/prod/images.yaml': `${imageRepository('web', 'ghcr.io/shop/web')}---\n${imagePolicy('web', 'semver: {range: ">=1.0.0"}')}---\n${automation('./clusters/prod')}`,
    'clusters/prod/web.yaml': deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}'),
    ...changes,
  };
}

export function imageRepository(name: string, image: string, namespace = 'flux-system'): string {
  return `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageRepository
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  image: ${image}
  interval: 5m
`;
}

export function imagePolicy(name: string, policy: string, { namespace = 'flux-system', filterTags = '' } = {}): string {
  return `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImagePolicy
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  imageRepositoryRef:
    name: ${name}
${filterTags === '' ? '' : `  filterTags: ${filterTags}\n`}  policy:
    ${policy}
`;
}

export function automation(path: string, { namespace = 'flux-system', push = 'main' } = {}): string {
  return `apiVersion: image.toolkit.fluxcd.io/v1
kind: ImageUpdateAutomation
metadata:
  name: updates
  namespace: ${namespace}
spec:
  interval: 5m
  sourceRef:
    kind: GitRepository
    name: flux-system
    namespace: flux-system
  git:
    commit:
      author: {name: flux, email: flux@example.com}
    push:
      branch: ${push}
  update:
    path: ${path}
    strategy: Setters
`;
}

export function deployment(image: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: web
          image: ${image}
`;
}
