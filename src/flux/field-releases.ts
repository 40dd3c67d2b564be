import type { FluxKind } from './api-versions';
import { isAtLeast, type FluxRelease } from './releases';

/**
 * Fields of `spec` that came after the kind itself, with the Flux release that brought them; `type=otel` is a value that came later.
 * An API server that does not know a field drops it without a word.
 */
const FIELD_RELEASES: Partial<Record<FluxKind, Readonly<Record<string, FluxRelease>>>> = {
  HelmRelease: {
    'driftDetection': '2.2',
    'test.filters': '2.2',
    'chartRef': '2.3',
    'chart.spec.ignoreMissingValuesFiles': '2.3',
    'install.disableSchemaValidation': '2.4',
    'upgrade.disableSchemaValidation': '2.4',
    'install.disableTakeOwnership': '2.5',
    'upgrade.disableTakeOwnership': '2.5',
    'commonMetadata': '2.7',
    'dependsOn[].readyExpr': '2.7',
    'install.strategy': '2.7',
    'upgrade.strategy': '2.7',
    'kubeConfig.configMapRef': '2.7',
    'chartRef.kind=ExternalArtifact': '2.7',
    'healthCheckExprs': '2.8',
    'waitStrategy': '2.8',
    'install.serverSideApply': '2.8',
    'upgrade.serverSideApply': '2.8',
    'rollback.serverSideApply': '2.8',
    'upgrade.chartNameChangeStrategy': '2.9',
    'postRenderStrategy': '2.9',
    'valuesFrom[].literal': '2.9',
  },
  ImageRepository: { insecure: '2.2', proxySecretRef: '2.4' },
  ImagePolicy: { digestReflectionPolicy: '2.6', interval: '2.6', suspend: '2.7' },
  ImageUpdateAutomation: {
    'git.push.refspec': '2.1',
    'git.push.options': '2.1',
    'policySelector': '2.3',
    'git.commit.messageTemplateValues': '2.5',
    'git.commit.signingKey.type': '2.9',
  },
  Provider: {
    'type=datadog': '2.1',
    'type=bitbucketserver': '2.2',
    'type=nats': '2.2',
    'serviceAccountName': '2.6',
    'commitStatusExpr': '2.6',
    'proxySecretRef': '2.7',
    'type=otel': '2.7',
    'type=zulip': '2.7',
    'type=githubpullrequestcomment': '2.8',
    'type=gitlabmergerequestcomment': '2.8',
    'type=giteapullrequestcomment': '2.8',
  },
  Receiver: { 'type=cdevents': '2.3', 'resourceFilter': '2.5', 'type=generic-oidc': '2.9', 'oidcProviders': '2.9', 'resources[].filter': '2.9' },
};

export interface UnknownField {
  /** As in the table: `upgrade.strategy`, `type=otel`. */
  readonly field: string;
  readonly since: FluxRelease;
}

/** The fields of a `spec` that a Flux release does not know yet. */
export function fieldsUnknownTo(release: FluxRelease, kind: FluxKind, spec: unknown): UnknownField[] {
  return Object.entries(FIELD_RELEASES[kind] ?? {})
    .filter(([, since]) => !isAtLeast(release, since))
    .filter(([field]) => isSet(spec, field))
    .map(([field, since]) => ({ field, since }));
}

function isSet(spec: unknown, field: string): boolean {
  const [path, expected] = field.split('=');
  let values: readonly unknown[] = [spec];
  for (const step of path!.split('.')) {
    const name = step.replace('[]', '');
    values = values.map((value) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined));
    if (name !== step) values = values.flatMap((value) => (Array.isArray(value) ? value : []));
  }
  return values.some((value) => value !== undefined && value !== null && (expected === undefined || value === expected));
}
