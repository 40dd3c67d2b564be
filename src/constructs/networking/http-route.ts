import type { Construct } from 'constructs';
import type { HttpRouteSpec } from '../../../imports/gateway.networking.k8s.io';
import { SpecResource, type VersionedResourceProps } from '../spec-resource';

export type HTTPRouteProps = VersionedResourceProps<HttpRouteSpec, 'v1' | 'v1beta1'>;

/**
 * The Gateway API's `HTTPRoute`: which requests of a Gateway go where.
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export class HTTPRoute extends SpecResource<HttpRouteSpec> {
  constructor(scope: Construct, id: string, props: HTTPRouteProps) {
    super(scope, id, `gateway.networking.k8s.io/${props.apiVersion ?? 'v1'}`, 'HTTPRoute', props);
  }
}
