import type { Construct } from 'constructs';
import type { AlertSpec } from '../../../imports/notification.toolkit.fluxcd.io';
import { FieldChecks } from '../../app/field-checks';
import { compileRe2 } from '../../flux/re2';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from '../flux/flux-resource';
import { nameReference, type NameReference } from '../name-reference';
import { checkObjectReferences, objectReferenceFrom, type ObjectReference } from './object-reference';
import type { Provider } from './provider';

export interface AlertProps extends ApiResourceProps {
  /** Where to report to, in the same namespace. */
  readonly provider: Provider | NameReference;

  /** Whose events: objects, or all of a kind with `{ kind: 'Kustomization', name: '*' }`. */
  readonly eventSources: readonly ObjectReference[];

  /**
   * Whether everything is reported or only failures.
   * @default "info"
   */
  readonly eventSeverity?: 'info' | 'error';

  /**
   * Fields to add to each event, such as the cluster's name.
   * @default none
   */
  readonly eventMetadata?: Readonly<Record<string, string>>;

  /**
   * Which messages to report, as regular expressions.
   * @default all
   */
  readonly inclusionList?: readonly string[];

  /**
   * Which messages not to report, as regular expressions.
   * @default none
   */
  readonly exclusionList?: readonly string[];

  /**
   * A sentence to add to each event.
   * @default none
   * @deprecated by Flux; `eventMetadata` is its successor
   */
  readonly summary?: string;

  /**
   * Whether nothing is reported for now.
   * @default false
   */
  readonly suspend?: boolean;

  /** Whatever else its CRD has, merged over the rest. */
  readonly spec?: ApiPatch<AlertSpec>;
}

/**
 * An Alert: which events go to a Provider.
 *
 * @example
 * new Alert(directory, 'deployments', { provider: slack, eventSources: [{ kind: 'Kustomization', name: '*' }], eventSeverity: 'error' });
 * @see https://fluxcd.io/flux/components/notification/alerts/
 */
export class Alert extends FluxResource {
  /** @throws UserError `reference-invalid` for a provider in another namespace, `value-invalid` */
  constructor(scope: Construct, id: string, props: AlertProps) {
    super(scope, id, 'Alert', props);
    const { provider } = props;
    const isAway = typeof provider === 'object' && 'namespace' in provider && provider.namespace !== this.namespace;
    const checks = new FieldChecks(this, 'Alert').require(
      !isAway,
      'reference-invalid',
      `lives in ${this.namespace} and its Provider "${isAway ? provider.node.path : ''}" in ${isAway ? provider.namespace : ''}`,
      'give both the same namespace: Flux looks for it nowhere else',
    );
    checkObjectReferences(checks, 'eventSources', props.eventSources);
    checkPatterns(checks, 'inclusionList', props.inclusionList);
    checkPatterns(checks, 'exclusionList', props.exclusionList);
    checks.done();
    this.define(
      {
        spec: {
          providerRef: nameReference(provider),
          eventSeverity: props.eventSeverity,
          eventSources: props.eventSources.map((source) => objectReferenceFrom(this.namespace, source)),
          eventMetadata: props.eventMetadata,
          inclusionList: props.inclusionList,
          exclusionList: props.exclusionList,
          summary: props.summary,
          suspend: props.suspend,
        },
      },
      { spec: props.spec },
    );
  }
}

function checkPatterns(checks: FieldChecks, field: string, patterns: readonly string[] = []): void {
  for (const pattern of patterns) {
    try {
      compileRe2(pattern);
    } catch (error) {
      checks.require(false, 'value-invalid', `has the pattern "${pattern}" in its ${field}: ${(error as Error).message}`, 'write a regular expression as RE2 reads it');
    }
  }
}
