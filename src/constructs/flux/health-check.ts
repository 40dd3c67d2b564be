import { ApiObject } from 'cdk8s';
import { Directory } from '../../app/directory';
import { isClusterScoped } from '../../tree/cluster-scoped';

/** An object whose readiness counts: its coordinates, which any construct that stands for one object has. */
export interface HealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** As written into a Kustomization, with the namespace that the directory gives the object. */
export function healthCheckOf(object: HealthCheck | ApiObject): HealthCheck {
  const { apiVersion, kind, name } = object;
  if (isClusterScoped(kind)) return { apiVersion, kind, name };
  const namespace = ApiObject.isApiObject(object) ? object.metadata.namespace ?? Directory.around(object)?.targetNamespace : object.namespace;
  return { apiVersion, kind, name, namespace };
}
