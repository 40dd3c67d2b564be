import type { Hosts } from './hosts';
import type { DecryptionKey } from './secrets';

export interface EksEnvironmentProps {
  /** Its DNS zone, such as `dev.example.io`. The certificate of the load balancer is for `*.<domain>`. */
  readonly domain: string;

  /**
   * Hosts that are not named `<what>.<domain>`. They have to be covered by the certificate all the same.
   * @default none
   */
  readonly hosts?: Partial<Hosts>;

  /** The AWS region of its cluster. */
  readonly region: string;

  /** The load balancer in front of its nodes, which is there already and outlives the ingress. */
  readonly loadBalancer: { readonly name: string; readonly dnsName: string };

  /** The host of the OpenSearch domain that keeps its logs and traces, in the same VPC. */
  readonly searchEndpoint: string;

  /** The AWS role whose holders are its developers. */
  readonly developers: string;

  /** For which key its secrets are encrypted, and how Flux gets at it. */
  readonly key: DecryptionKey;
}
