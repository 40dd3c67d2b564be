import { Base, k8s, TransformerConfiguration, UserError, VerbatimFile, YamlFile, type Directory, type HelmRelease, type HelmRepository } from 'fluxwright';
import { AppStage, type AppStageProps } from './app-stage';
import { helmRelease, type ReleaseProps } from './helm-release';
import type { Layer, Stage } from './layer';
import { workload, type WorkloadProps } from './workload';

export interface AppProps {
  /** Where its objects live; null where each says so itself. @default the app's name */
  readonly namespace?: string | null;
  /** Labels and annotations of the Namespace; null where another app makes it. @default none */
  readonly namespaceMetadata?: { readonly labels?: Readonly<Record<string, string>>; readonly annotations?: Readonly<Record<string, string>> } | null;
  /** What the base lists beside its own files. @default nothing */
  readonly resources?: readonly string[];
  readonly staging?: AppStageProps;
  /** @default production does not have it */
  readonly production?: AppStageProps;
}

/** A base and what each stage makes of it. */
export class App {
  readonly base: Base;
  readonly staging: AppStage;
  readonly production?: AppStage;

  constructor(private readonly layer: Layer, readonly name: string, { namespace = name, namespaceMetadata = {}, resources, staging = {}, production }: AppProps = {}) {
    this.base = new Base(layer.bases, name, { namespace: namespace ?? undefined, resources });
    byBase.set(this.base, this);
    if (namespaceMetadata !== null) new k8s.KubeNamespace(this.base, 'namespace', { metadata: { name: namespace ?? name, ...namespaceMetadata } });
    this.staging = new AppStage(layer, 'staging', this.base, staging);
    if (production !== undefined) this.production = new AppStage(layer, 'production', this.base, production);
  }

  /** The stages that have it. */
  get stages(): readonly AppStage[] {
    return this.production === undefined ? [this.staging] : [this.staging, this.production];
  }

  /** A chart, kept at a version by Flux. */
  release(name: string, props: ReleaseProps): HelmRelease {
    for (const stage of ['staging', 'production'] as const) {
      if (this[stage]?.isIncluded) this.refuseMissing(name, stage, [props.from, ...(props.dependsOn ?? [])]);
    }
    return helmRelease(this, name, props);
  }

  /** A Deployment with what belongs to it, in a file of its own. */
  workload(name: string, props: WorkloadProps, directory: Directory = this.base): void {
    workload(directory, name, props);
    for (const stage of this.stages) if (stage.props.parked) stage.park(name);
  }

  /** A file of the base for several objects. */
  file(name: string): YamlFile {
    return new YamlFile(this.base, name);
  }

  /** A file of data/<layer>/<app>, as it is. */
  data(directory: Directory, file: string, path = file): VerbatimFile {
    return new VerbatimFile(directory, path, { source: `data/${this.layer.name}/${this.name}/${file}` });
  }

  /** Has references to the base's generated names follow them. */
  followNames(kind: 'Secret' | 'ConfigMap', path = 'spec/valuesFrom/name', of = 'HelmRelease'): void {
    new TransformerConfiguration(this.base, 'name-references', { nameReference: [{ kind, version: 'v1', fieldSpecs: [{ path, kind: of }] }] });
  }

  /** It would wait for ever for what its stage does not have. */
  private refuseMissing(release: string, stage: Stage, needed: readonly (HelmRepository | HelmRelease)[]): void {
    for (const { node, kind, name } of needed) {
      const app = node.scopes.map((scope) => byBase.get(scope)).find((found) => found !== undefined);
      if (app === undefined || app[stage]?.isIncluded) continue;
      throw new UserError('reference-invalid', `HelmRelease "${release}" is in ${stage} and needs the ${kind} "${name}", which is not`, `give the app "${app.name}" ${stage}: {}, too`);
    }
  }
}

/** Whose base a directory is. */
const byBase = new WeakMap<object, App>();

/** An app that is one chart, with a namespace of its own. */
export function helmApp(layer: Layer, name: string, props: AppProps & ReleaseProps & { readonly release?: string }): HelmRelease {
  return new App(layer, name, props).release(props.release ?? name, props);
}
