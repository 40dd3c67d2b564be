import type { Construct } from 'constructs';
import type { ProviderSpec } from '../../../imports/notification.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from '../flux/flux-resource';
import { nameReference, type NameReference } from '../name-reference';

export interface ProviderProps extends ApiResourceProps {
  /** What receives the events: `"slack"`, `"github"` (which sets the status of commits) and many more. */
  readonly type: `${ProviderSpec['type']}`;

  /**
   * Where it is: a webhook, or the repository for a Git host.
   * @default none - the Secret has it as `address`
   */
  readonly address?: string;

  /**
   * The channel, room or topic to post to.
   * @default the webhook's own
   */
  readonly channel?: string;

  /**
   * The name to post under.
   * @default the receiver's choice
   */
  readonly username?: string;

  /**
   * The Secret with the `token`, or with what else the type asks for.
   * @default none
   */
  readonly secretRef?: NameReference;

  /**
   * The Secret with the receiver's certificate authority (`ca.crt`) or a client certificate (`tls.crt`, `tls.key`).
   * @default none
   */
  readonly certSecretRef?: NameReference;

  /**
   * The Secret with the `address` of the proxy to go through, and perhaps `username` and `password`.
   * @default none
   */
  readonly proxySecretRef?: NameReference;

  /**
   * The proxy's address.
   * @default none
   * @deprecated by Flux; `proxySecretRef` is its successor
   */
  readonly proxy?: string;

  /**
   * The ServiceAccount whose cloud identity to log in with.
   * @default the notification-controller's own
   */
  readonly serviceAccountName?: string;

  /**
   * The name of a commit's status, as a CEL expression over `event`, `alert` and `provider`. Git hosts only.
   * @default "kind/name" and a part of the provider's identity, as Flux has it
   */
  readonly commitStatusExpr?: string;

  /**
   * How long sending may take: seconds or minutes.
   * @default "15s"
   */
  readonly timeout?: string;

  /**
   * Without effect since Flux 2.2, which does not reconcile providers.
   * @default none
   */
  readonly interval?: string;

  /**
   * Whether events are dropped for now.
   * @default false
   */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<ProviderSpec>;
}

/** The types that set the status of commits. */
const GIT_HOSTS: readonly string[] = ['github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops'];

/**
 * A Provider: where Flux reports to.
 *
 * @example
 * const slack = new Provider(directory, 'slack', { type: 'slack', channel: 'deployments', secretRef: 'slack-url' });
 * @see https://fluxcd.io/flux/components/notification/providers/
 */
export class Provider extends FluxResource {
  /** @throws UserError `value-invalid`, `duration-invalid`, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: ProviderProps) {
    super(scope, id, 'Provider', props);
    new FieldChecks(this, 'Provider')
      .duration('timeout', props.timeout)
      .duration('interval', props.interval)
      .require(!props.timeout?.includes('h'), 'duration-invalid', `has the timeout "${props.timeout}"`, 'write minutes or seconds, such as "30s"')
      .require(props.commitStatusExpr === undefined || GIT_HOSTS.includes(props.type), 'value-invalid', `has a commitStatusExpr and the type "${props.type}", which has no commits`, `leave it out, or use one of ${GIT_HOSTS.join(', ')}`)
      .require(props.proxy === undefined || /^https?:\/\//.test(props.proxy), 'value-invalid', `has the proxy "${props.proxy}"`, 'start it with http:// or https://')
      .done();
    this.define(
      {
        spec: {
          type: props.type,
          address: props.address,
          channel: props.channel,
          username: props.username,
          secretRef: nameReference(props.secretRef),
          certSecretRef: nameReference(props.certSecretRef),
          proxySecretRef: nameReference(props.proxySecretRef),
          proxy: props.proxy,
          serviceAccountName: props.serviceAccountName,
          commitStatusExpr: props.commitStatusExpr,
          timeout: props.timeout,
          interval: props.interval,
          suspend: props.suspend,
        },
      },
      { spec: props.spec },
    );
  }
}
