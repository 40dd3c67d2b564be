import type * as kubernetes from 'cdk8s-plus-27/lib/imports/k8s';
import type { k8s } from '../../../imports/kubernetes-types';

/**
 * The built-in kinds of Kubernetes 1.27, as cdk8s-plus has them: `k8s.KubeDeployment`, `k8s.DeploymentSpec` and so on.
 * Loaded when the first of them is used: they are 2.5 MB of code.
 *
 * @example
 * new k8s.KubeServiceAccount(directory, 'service-account', { metadata: { name: 'server' } });
 */
const k8s: typeof kubernetes = new Proxy({} as typeof kubernetes, {
  get: (_, name) => Reflect.get(load(), name) as unknown,
  has: (_, name) => name in load(),
  ownKeys: () => Reflect.ownKeys(load()),
  getOwnPropertyDescriptor: (_, name) => ({ ...Reflect.getOwnPropertyDescriptor(load(), name), configurable: true }),
});

let loaded: typeof kubernetes | undefined;

function load(): typeof kubernetes {
  return (loaded ??= require('cdk8s-plus-27/lib/imports/k8s') as typeof kubernetes);
}

export { k8s };
