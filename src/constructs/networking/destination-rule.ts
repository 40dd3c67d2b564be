import type { Construct } from 'constructs';
import type { DestinationRuleSpec } from '../../../imports/networking.istio.io';
import { SpecResource, type VersionedResourceProps } from '../spec-resource';

export type DestinationRuleProps = VersionedResourceProps<DestinationRuleSpec, 'v1' | 'v1beta1' | 'v1alpha3'>;

/**
 * Istio's `DestinationRule`: what happens to traffic once it is routed to a host: its subsets, load balancing, connections.
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/
 */
export class DestinationRule extends SpecResource<DestinationRuleSpec> {
  constructor(scope: Construct, id: string, props: DestinationRuleProps) {
    super(scope, id, `networking.istio.io/${props.apiVersion ?? 'v1'}`, 'DestinationRule', props);
  }
}
