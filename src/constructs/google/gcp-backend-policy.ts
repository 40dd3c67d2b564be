import type { Construct } from 'constructs';
import { SpecResource, type SpecResourceProps } from '../spec-resource';
import type { PolicyTarget } from './policy-target';

export interface GCPBackendPolicySpec {
  readonly targetRef: PolicyTarget;
  readonly default?: {
    /** Seconds that a request may take. */
    readonly timeoutSec?: number;
    /** The Cloud Armor policy in front of the Service. */
    readonly securityPolicy?: string;
    readonly connectionDraining?: { readonly drainingTimeoutSec?: number };
    readonly sessionAffinity?: { readonly type?: 'NONE' | 'CLIENT_IP' | 'GENERATED_COOKIE'; readonly cookieTtlSec?: number };
    /** `sampleRate` is in millionths: 1000000 logs every request. */
    readonly logging?: { readonly enabled?: boolean; readonly sampleRate?: number };
    readonly iap?: { readonly enabled?: boolean; readonly clientID?: string; readonly oauth2ClientSecret?: { readonly name?: string } };
    readonly maxRatePerEndpoint?: number;
    readonly backendPreference?: 'DEFAULT' | 'PREFERRED';
  };
}

export type GCPBackendPolicyProps = SpecResourceProps<GCPBackendPolicySpec>;

/**
 * GKE's `GCPBackendPolicy`: timeouts, logging and protection of a Service behind a load balancer of the Gateway API.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources
 */
export class GCPBackendPolicy extends SpecResource<GCPBackendPolicySpec> {
  constructor(scope: Construct, id: string, props: GCPBackendPolicyProps) {
    super(scope, id, 'networking.gke.io/v1', 'GCPBackendPolicy', props);
  }
}
