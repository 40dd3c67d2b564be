import { Base, Component, k8s, KubeObject, StrategicMergePatch, type KubeObjectProps, type MergePatch } from 'fluxwright';
import type { Group } from './group';

type Deployment = KubeObjectProps<k8s.KubeDeploymentProps>['object'];

/** Part of a service's Deployment. */
export interface DeploymentPatch {
  readonly of: typeof k8s.KubeDeployment;
  readonly patch: MergePatch<k8s.KubeDeploymentProps>;
}

export interface ServiceProps {
  /** The container that versions and settings are for. */
  readonly container: string;

  /** Its image, without the tag. */
  readonly image: string;

  /** What all environments have in common. */
  readonly spec: Deployment['spec'];
}

/** One Deployment in a namespace of its own, `<group>/base/<service>`, and what overlays change about it. */
export class Service {
  readonly base: Base;
  private readonly metadata: { readonly name: string; readonly namespace: string };

  constructor(private readonly group: Group, readonly name: string, private readonly props: ServiceProps) {
    this.metadata = { name, namespace: `${name}-system` };
    this.base = new Base(group, name, { path: `base/${name}` });
    new k8s.KubeNamespace(this.base, 'namespace', {
      metadata: {
        name: this.metadata.namespace,
        labels: { 'pod-security.kubernetes.io/audit': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' },
      },
    });
    new KubeObject(this.base, 'deployment', { of: k8s.KubeDeployment, object: { metadata: this.metadata, spec: props.spec } });
  }

  /** The image's tag. */
  version(tag: string): DeploymentPatch {
    return this.patch({ image: `${this.props.image}:${tag}` });
  }

  /** Environment variables, over those that it has. */
  settings(variables: Readonly<Record<string, string>>): DeploymentPatch {
    return this.patch({ env: Object.entries(variables).map(([name, value]) => ({ name, value })) });
  }

  /** `<group>/variants/<service>-<variant>`: settings that several overlays share. */
  variant(name: string, variables: Readonly<Record<string, string>>): Component {
    const component = new Component(this.group, `${this.name}-${name}`, { path: `variants/${this.name}-${name}` });
    new StrategicMergePatch(component, 'settings', this.settings(variables));
    return component;
  }

  private patch(container: { readonly image?: string; readonly env?: readonly { readonly name: string; readonly value: string }[] }): DeploymentPatch {
    const { metadata, props } = this;
    return { of: k8s.KubeDeployment, patch: { metadata, spec: { template: { spec: { containers: [{ name: props.container, ...container }] } } } } };
  }
}
