import type { Construct } from 'constructs';
import type { ReceiverSpec, ReceiverSpecOidcProviders } from '../../../imports/notification.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import type { ApiData, ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from '../flux/flux-resource';
import { nameOf, nameReference, type NameReference } from '../name-reference';
import { checkObjectReferences, objectReferenceFrom, type ObjectPattern } from './object-reference';

export interface ReceiverProps extends ApiResourceProps {
  /** Who calls: a Git host, a registry, or anybody (`"generic"`). */
  readonly type: `${ReceiverSpec['type']}`;

  /** What is reconciled at once when called. A pattern's `filter` is a CEL expression that chooses among the objects. */
  readonly resources: readonly (FluxResource | (ObjectPattern & { readonly filter?: string }))[];

  /**
   * The Secret whose `token` proves the caller. All types but `"generic-oidc"` need it.
   * @default none
   */
  readonly secretRef?: NameReference;

  /**
   * Which of the caller's events count: `["ping", "push"]` for GitHub.
   * @default all
   */
  readonly events?: readonly string[];

  /**
   * Which of the resources are reconciled, as a CEL expression over `res` and `req`.
   * @default all
   */
  readonly resourceFilter?: string;

  /**
   * Whose tokens prove the caller, and what must stand in them; for `"generic-oidc"` only.
   * @default none
   */
  readonly oidcProviders?: readonly ApiData<ReceiverSpecOidcProviders>[];

  /**
   * How often the path of its webhook is computed again.
   * @default "10m"
   */
  readonly interval?: string;

  /**
   * Whether calls are ignored for now.
   * @default false
   */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<ReceiverSpec>;
}

/**
 * A Receiver: a webhook that has Flux reconcile now instead of at the next interval.
 *
 * @example
 * new Receiver(directory, 'github', { type: 'github', events: ['push'], secretRef: 'webhook-token', resources: [flux.source] });
 * @see https://fluxcd.io/flux/components/notification/receivers/
 */
export class Receiver extends FluxResource {
  /** @throws UserError `value-invalid` without a secret to prove the caller, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: ReceiverProps) {
    super(scope, id, 'Receiver', props);
    const isOidc = props.type === 'generic-oidc';
    const checks = new FieldChecks(this, 'Receiver')
      .duration('interval', props.interval)
      .name(nameOf(props.secretRef), 'secretRef')
      .require(isOidc !== (props.secretRef !== undefined), 'value-invalid', `has the type "${props.type}" and ${props.secretRef === undefined ? 'no' : 'a'} secretRef`, isOidc ? 'leave secretRef out: oidcProviders prove the caller' : 'name the Secret whose token proves the caller')
      .require(isOidc === (props.oidcProviders !== undefined && props.oidcProviders.length > 0), 'value-invalid', `has the type "${props.type}" and ${props.oidcProviders?.length ?? 0} oidcProviders`, isOidc ? 'name at least one' : "leave them out: they are for the type 'generic-oidc'");
    checkObjectReferences(checks, 'resources', props.resources);
    checks.done();
    this.define(
      {
        spec: {
          type: props.type,
          events: props.events,
          resources: props.resources.map((resource) => objectReferenceFrom(this.namespace, resource)),
          resourceFilter: props.resourceFilter,
          secretRef: nameReference(props.secretRef),
          oidcProviders: props.oidcProviders,
          interval: props.interval,
          suspend: props.suspend,
        },
      },
      { spec: props.spec },
    );
  }
}
