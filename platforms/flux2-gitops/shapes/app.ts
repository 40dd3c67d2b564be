import { Base, ConfigMapGenerator, Directory, EncryptedFile, HelmRelease, k8s, Overlay, SecretGenerator, StrategicMergePatch, TransformerConfiguration, VerbatimFile, YamlFile, type HelmRepository, type KustomizeTarget } from 'fluxwright';
import type { Layer } from './layer';
import { workload, type WorkloadProps } from './workload';

export interface AppProps {
  /** Where its objects live; null where each says so itself. @default the app's name */
  readonly namespace?: string | null;
  /** Where they live in staging, if elsewhere. @default `namespace` */
  readonly stagingNamespace?: string;
  /** Labels and annotations of the Namespace; null where another app makes it. @default none */
  readonly namespaceMetadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> } | null;
  /** Whether staging runs it, or only keeps it ready to. @default true */
  readonly inStaging?: boolean;
  /** Whether staging runs its Deployments without replicas. @default false */
  readonly parked?: boolean;
  /** What the base lists beside its own files. @default nothing */
  readonly resources?: readonly string[];
}

export interface ReleaseProps {
  readonly from: HelmRepository;
  /** @default the release's name */
  readonly chart?: string;
  readonly version: string;
  /** The version that staging holds. @default `version` */
  readonly stagingVersion?: string;
  readonly dependsOn?: readonly HelmRelease[];
  /** The kind that holds the chart's values, which are data/<layer>/<app>/values.yaml. @default the chart's own values */
  readonly values?: 'Secret' | 'ConfigMap';
  /** @default "<release>-values" */
  readonly valuesName?: string;
  /** What stands in for the values in staging: an encrypted file there, or values.staging.yaml beside them. @default nothing */
  readonly stagingValues?: 'encrypted' | 'plain';
  /** Values from elsewhere. @default none */
  readonly valuesFrom?: readonly { readonly kind: 'Secret'; readonly name: string; readonly valuesKey: string; readonly targetPath: string }[];
}

/** Charts want their settings in a Secret; those in bases are defaults and placeholders. */
const DEFAULTS_ONLY = 'chart defaults and placeholders: what is secret replaces them in a stage, encrypted';

/** A base and what staging makes of it. */
export class App {
  readonly base: Base;
  readonly staging: Overlay;

  constructor(private readonly layer: Layer, readonly name: string, private readonly props: AppProps = {}) {
    const { namespace = name, stagingNamespace = namespace, namespaceMetadata = {}, resources, inStaging = true } = props;
    this.base = new Base(layer.bases, name, { namespace: namespace ?? undefined, resources });
    this.staging = new Overlay(layer.staging, name, { bases: [this.base], namespace: stagingNamespace ?? undefined });
    if (namespaceMetadata !== null) new k8s.KubeNamespace(this.base, 'namespace', { metadata: { name: namespace ?? name, ...namespaceMetadata } });
    if (inStaging) layer.staging.addToKustomization({ resources: [layer.staging.reference(this.staging)] });
  }

  /** A chart, kept at a version by Flux. Its values are generated, so that it upgrades whenever they change. */
  release(name: string, { from, chart = name, version, stagingVersion, dependsOn = [], values, valuesName = `${name}-values`, stagingValues, valuesFrom = [] }: ReleaseProps): HelmRelease {
    const release = new HelmRelease(this.base, name, {
      releaseName: name,
      interval: '1h0m0s',
      chart: { chart, version, source: from },
      install: { remediation: { retries: 3 } },
      dependsOn,
      valuesFrom: values === undefined && valuesFrom.length === 0 ? undefined : [...(values === undefined ? [] : [{ kind: values, name: valuesName }]), ...valuesFrom],
      // the namespace is always named, also where it is the release's own
      spec: dependsOn.length === 0 ? undefined : { dependsOn: dependsOn.map(({ name: other, namespace }) => ({ name: other, namespace })) },
    });
    if (values !== undefined) this.values(values, valuesName, stagingValues);
    if (stagingVersion !== undefined) {
      new StrategicMergePatch(this.staging, 'version', { of: release, patch: { metadata: { name }, spec: { chart: { spec: { version: stagingVersion } } } } });
    }
    return release;
  }

  /** A Deployment with what belongs to it, in a file of its own. */
  workload(name: string, props: WorkloadProps, directory: Directory = this.base): void {
    workload(directory, name, props);
    if (this.props.parked) this.park(name);
  }

  /** A file of the base for several objects. */
  file(name: string): YamlFile {
    return new YamlFile(this.base, name);
  }

  /** Staging has these Deployments, and no pods of them. */
  park(...deployments: readonly string[]): void {
    this.staging.addToKustomization({ replicas: deployments.map((name) => ({ name, count: 0 })) });
  }

  /** A directory of staging's own, in the same namespace, with objects that are encrypted. */
  beside(name: string, encrypted: readonly string[]): Directory {
    const directory = new Directory(this.layer.staging, name, { namespace: this.staging.targetNamespace });
    this.layer.staging.addToKustomization({ resources: [this.layer.staging.reference(directory)] });
    for (const id of encrypted) new EncryptedFile(directory, `${id}.enc`);
    return directory;
  }

  /** What staging keeps encrypted: parts of the base's objects, and objects of its own. */
  encrypted({ patches = [], resources = [] }: { readonly patches?: readonly (string | KustomizeTarget & { readonly kind: string })[]; readonly resources?: readonly string[] }): void {
    for (const patch of patches) {
      if (typeof patch === 'string') new EncryptedFile(this.staging, `${patch}.enc`, { isPatch: true });
      else new EncryptedFile(this.staging, `${patch.kind.toLowerCase()}.enc`, { target: patch });
    }
    for (const id of resources) new EncryptedFile(this.staging, `${id}.enc`);
  }

  /** Has references to the base's generated names follow them. */
  followNames(kind: 'Secret' | 'ConfigMap', path = 'spec/valuesFrom/name', of = 'HelmRelease'): void {
    new TransformerConfiguration(this.base, 'name-references', { nameReference: [{ kind, version: 'v1', fieldSpecs: [{ path, kind: of }] }] });
  }

  /** A file of data/<layer>/<app>, as it is. */
  data(directory: Directory, file: string, path = file): VerbatimFile {
    return new VerbatimFile(directory, path, { source: `data/${this.layer.name}/${this.name}/${file}` });
  }

  private values(kind: 'Secret' | 'ConfigMap', name: string, stagingValues: ReleaseProps['stagingValues']): void {
    const generate = (directory: Directory, file: VerbatimFile | EncryptedFile, behavior?: 'merge') => {
      const props = { files: { 'values.yaml': file }, behavior, namespace: behavior && directory.targetNamespace };
      if (kind === 'Secret') new SecretGenerator(directory, name, { ...props, plaintextReason: DEFAULTS_ONLY });
      else new ConfigMapGenerator(directory, name, props);
    };
    generate(this.base, this.data(this.base, 'values.yaml'));
    this.followNames(kind);
    if (stagingValues === 'plain') generate(this.staging, this.data(this.staging, 'values.staging.yaml', 'values.yaml'), 'merge');
    if (stagingValues === 'encrypted') generate(this.staging, new EncryptedFile(this.staging, 'values.enc.yaml', { isListed: false }), 'merge');
  }
}

/** An app that is one chart, with a namespace of its own. */
export function helmApp(layer: Layer, name: string, props: AppProps & ReleaseProps & { readonly release?: string }): HelmRelease {
  return new App(layer, name, props).release(props.release ?? name, props);
}
