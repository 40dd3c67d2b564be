import type { FluxKind } from './api-versions';
import { isAtLeast, type FluxRelease } from './releases';

/**
 * With which Flux release a field, or a value of one, of `spec` came: `list[].field`, `field=value`. What is not listed
 * exists since 2.0 or in no release. An API server that does not know a field drops it without a word.
 *
 * Made by comparing the CRDs of Flux 2.1, 2.4 and 2.9, and placed between those by the controllers' changelogs; where these
 * do not say, the release is the first of the three that has the field (marked "at the latest").
 */
const SINCE: Readonly<Partial<Record<FluxKind, Readonly<Record<string, FluxRelease>>>>> = {
  Kustomization: {
    'namePrefix': '2.3',
    'nameSuffix': '2.3',
    'deletionPolicy': '2.5',
    'healthCheckExprs': '2.5',
    'decryption.serviceAccountName': '2.6',
    'dependsOn[].readyExpr': '2.7',
    'ignoreMissingComponents': '2.7',
    'kubeConfig.configMapRef': '2.7',
    'sourceRef.kind=ExternalArtifact': '2.7',
    'buildMetadata': '2.9',
    'ignore': '2.9',
    'postBuild.substituteStrategy': '2.9',
  },
  GitRepository: {
    'proxySecretRef': '2.1',
    'verify.mode=Tag': '2.1',
    'verify.mode=TagAndHEAD': '2.1',
    'provider': '2.4',
    'provider=github': '2.5',
    'sparseCheckout': '2.6',
    'serviceAccountName': '2.7',
    'provider=aws': '2.9',
  },
  OCIRepository: {
    'verify.matchOIDCIdentity': '2.2',
    'ref.semverFilter': '2.3',
    'verify.provider=notation': '2.3',
    'proxySecretRef': '2.4',
    'verify.trustedRootSecretRef': '2.9',
  },
  HelmRepository: { certSecretRef: '2.1', insecure: '2.2' },
  HelmChart: { 'verify.matchOIDCIdentity': '2.2', 'ignoreMissingValuesFiles': '2.3', 'verify.provider=notation': '2.3' },
  Bucket: { prefix: '2.2', certSecretRef: '2.4', proxySecretRef: '2.4', sts: '2.4', serviceAccountName: '2.7' },
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
    'install.serverSideApply': '2.8',
    'upgrade.serverSideApply': '2.8',
    'rollback.serverSideApply': '2.8',
    'waitStrategy': '2.8',
    'postRenderStrategy': '2.9',
    'upgrade.chartNameChangeStrategy': '2.9',
    'valuesFrom[].literal': '2.9',
  },
  ImageRepository: { insecure: '2.2', proxySecretRef: '2.4' },
  ImagePolicy: { digestReflectionPolicy: '2.6', interval: '2.6', suspend: '2.7' },
  ImageUpdateAutomation: {
    'git.push.options': '2.1',
    'git.push.refspec': '2.1',
    'policySelector': '2.3',
    'git.commit.messageTemplateValues': '2.5',
    'git.commit.signingKey.type': '2.9',
  },
  Provider: {
    'type=datadog': '2.1',
    'type=bitbucketserver': '2.2',
    'type=nats': '2.2',
    'commitStatusExpr': '2.6',
    'serviceAccountName': '2.6',
    'proxySecretRef': '2.7',
    'type=otel': '2.7',
    'type=zulip': '2.7',
    'type=giteapullrequestcomment': '2.8',
    'type=githubpullrequestcomment': '2.8',
    'type=gitlabmergerequestcomment': '2.8',
  },
  Alert: { 'eventSources[].kind=ArtifactGenerator': '2.8', 'eventSources[].kind=ExternalArtifact': '2.8' },
  Receiver: {
    'type=cdevents': '2.3',
    'resourceFilter': '2.5',
    'oidcProviders': '2.9',
    'type=generic-oidc': '2.9',
    'resources[].filter': '2.9', // at the latest
    'resources[].kind=ArtifactGenerator': '2.9', // at the latest
    'resources[].kind=ExternalArtifact': '2.9', // at the latest
  },
};

/** The fields of a kind that came after Flux 2.0, with the release that brought them. */
export function newFields(kind: FluxKind): [string, FluxRelease][] {
  return Object.entries(SINCE[kind] ?? {});
}

export interface UnknownField {
  /** Such as `dependsOn[0].readyExpr`, or `provider: github` for a value. */
  readonly path: string;
  /** The release that brought it. */
  readonly since: FluxRelease;
}

/** What a spec says that a Flux release does not know yet. */
export function fieldsUnknownTo(release: FluxRelease, kind: FluxKind, spec: unknown): UnknownField[] {
  const later = newFields(kind).filter(([, since]) => !isAtLeast(release, since));
  return later.flatMap(([field, since]) => {
    const [path, value] = field.split('=') as [string, string?];
    return find(spec, path.split('.'), '', value).map((found) => ({ path: found, since }));
  });
}

function find(data: unknown, [step, ...rest]: readonly string[], at: string, value: string | undefined): string[] {
  if (step === undefined) return value === undefined ? [at] : data === value ? [`${at}: ${value}`] : [];
  if (typeof data !== 'object' || data === null) return [];
  const key = step.replace('[]', '');
  const child = (data as Record<string, unknown>)[key];
  const path = at === '' ? key : `${at}.${key}`;
  if (child === undefined || child === null) return [];
  if (!step.endsWith('[]')) return find(child, rest, path, value);
  return Array.isArray(child) ? child.flatMap((item, index) => find(item, rest, `${path}[${index}]`, value)) : [];
}
