import { ConfigMapGenerator, EncryptedFile, HelmRelease, SecretGenerator, StrategicMergePatch, type Directory, type HelmRepository, type VerbatimFile } from 'fluxwright';
import type { App } from './app';
import type { AppStage } from './app-stage';

export interface ReleaseProps {
  readonly from: HelmRepository;
  /** @default the release's name */
  readonly chart?: string;
  readonly version: string;
  readonly dependsOn?: readonly HelmRelease[];
  /** The kind that holds the chart's values, which are data/<layer>/<app>/values.yaml. @default the chart's own values */
  readonly values?: ValuesKind;
  /** @default "<release>-values" */
  readonly valuesName?: string;
  /** Single values from elsewhere. @default none */
  readonly valuesFrom?: readonly { readonly kind: 'Secret'; readonly name: string; readonly valuesKey: string; readonly targetPath: string }[];
  readonly staging?: ReleaseStageProps;
  readonly production?: ReleaseStageProps;
}

export interface ReleaseStageProps {
  /** The version that the stage holds. @default the base's */
  readonly version?: string;
  /** What stands in for the base's values: an encrypted file there, or values.<stage>.yaml beside them. @default nothing */
  readonly values?: 'encrypted' | 'plain';
}

type ValuesKind = 'Secret' | 'ConfigMap';

/** A chart in an app's base, kept at a version by Flux. Its values are generated, so that it upgrades whenever they change. */
export function helmRelease(app: App, name: string, props: ReleaseProps): HelmRelease {
  const { from, chart = name, version, dependsOn = [], values, valuesName = `${name}-values`, valuesFrom = [] } = props;
  const sources = [...(values === undefined ? [] : [{ kind: values, name: valuesName }]), ...valuesFrom];
  const release = new HelmRelease(app.base, name, {
    releaseName: name,
    interval: '1h0m0s',
    chart: { chart, version, source: from },
    install: { remediation: { retries: 3 } },
    dependsOn,
    valuesFrom: sources.length === 0 ? undefined : sources,
    // the namespace is always named, also where it is the release's own
    spec: dependsOn.length === 0 ? undefined : { dependsOn: dependsOn.map(({ name: other, namespace }) => ({ name: other, namespace })) },
  });
  if (values !== undefined) {
    generate(values, app.base, valuesName, app.data(app.base, 'values.yaml'));
    app.followNames(values);
  }
  for (const stage of ['staging', 'production'] as const) {
    const { [stage]: own } = app;
    if (own !== undefined) stageRelease(app, own, release, props[stage] ?? {}, `values.${stage}.yaml`, values && { kind: values, name: valuesName });
  }
  return release;
}

function stageRelease(app: App, { overlay }: AppStage, release: HelmRelease, { version, values }: ReleaseStageProps, file: string, generated?: { readonly kind: ValuesKind; readonly name: string }): void {
  if (version !== undefined) new StrategicMergePatch(overlay, 'version', { of: release, patch: { metadata: { name: release.name }, spec: { chart: { spec: { version } } } } });
  if (values === undefined || generated === undefined) return;
  const instead = values === 'plain' ? app.data(overlay, file, 'values.yaml') : new EncryptedFile(overlay, 'values.enc.yaml', { isListed: false });
  generate(generated.kind, overlay, generated.name, instead, 'merge');
}

function generate(kind: ValuesKind, directory: Directory, name: string, file: VerbatimFile | EncryptedFile, behavior?: 'merge'): void {
  const props = { files: { 'values.yaml': file }, behavior, namespace: behavior && directory.targetNamespace };
  if (kind === 'ConfigMap') new ConfigMapGenerator(directory, name, props);
  else new SecretGenerator(directory, name, { ...props, plaintextReason: 'chart defaults and placeholders: what is secret replaces them in a stage, encrypted' });
}
