import { FluxKustomization, k8s, NamespaceDirectory, type Directory } from 'fluxwright';
import type { EksEnvironment } from './environment';

export interface EnvironmentNamespaceProps {
  /** Where its files lie, from the environment's directory. @default the namespace's name */
  readonly path?: string;
  /** What the Kustomization that applies it is called. @default the namespace's name */
  readonly kustomization?: string;
  /** Whether the cluster, Flux or a base brings the namespace. @default false */
  readonly isThere?: boolean;
  /** Whether pods in it pull the organization's own images. @default false */
  readonly pullsOwnImages?: boolean;
  /** Bases that it builds on. @default none */
  readonly bases?: readonly Directory[];
  /** Namespaces that have to be Ready before. @default none */
  readonly after?: readonly EnvironmentNamespace[];
}

/** A namespace of an environment: its directory, and the Kustomization that applies it and is Ready once all in it is. */
export class EnvironmentNamespace extends NamespaceDirectory {
  readonly applied: FluxKustomization;

  /** That one, and those of its steps. */
  readonly kustomizations: FluxKustomization[] = [];

  constructor(readonly environment: EksEnvironment, name: string, props: EnvironmentNamespaceProps = {}) {
    const { path = name, kustomization = name, bases = [], after = [] } = props;
    super(environment, `Namespace ${name}`, { path, namespace: name, resources: [...bases, ...(props.pullsOwnImages ? [environment.pullSecret] : [])] });
    this.applied = this.apply(this, kustomization, after.map(({ applied }) => applied));
    if (!props.isThere) new k8s.KubeNamespace(this, 'namespace', { metadata: { name } });
  }

  /** A directory of the namespace that has a Kustomization of its own, which waits for others. */
  step(name: string, { bases = [], after }: { readonly bases?: readonly Directory[]; readonly after: readonly EnvironmentNamespace[] }): Directory {
    const directory = new NamespaceDirectory(this, name, { namespace: this.namespaceName, resources: bases });
    this.apply(directory, name, after.map(({ applied }) => applied));
    return directory;
  }

  private apply(directory: NamespaceDirectory, name: string, dependsOn: readonly FluxKustomization[]): FluxKustomization {
    const applied = new FluxKustomization(directory, 'sync', { name, applies: directory, dependsOn, wait: true, timeout: '10m', decryption: this.environment.decryption });
    this.kustomizations.push(applied);
    return applied;
  }
}
