import { Cluster, Directory, EncryptedFile, FluxSystem, type Decryption, type FluxKustomization, type GitopsApp } from 'fluxwright';
import { checkEnvironment } from './check-environment';
import { developerRole } from './developers';
import type { EksEnvironmentProps } from './environment-props';
import { hostsOf, type Hosts } from './hosts';
import { EnvironmentNamespace } from './namespace';
import { actAsRole, decryptionWith, sopsRules } from './secrets';
import { site } from './site';
import { cdcToolbox } from './services/cdc-toolbox';
import { hydra } from './services/hydra';
import { ingressNginx } from './services/ingress-nginx';
import { logging } from './services/logging';
import { monitoring } from './services/monitoring';
import { tracing } from './services/tracing';

/**
 * An EKS cluster with all that runs on it, in `clusters/<name>`: ingress, logs, metrics, traces, and the namespace that is named
 * like the environment, with its services.
 *
 * @example
 * new EksEnvironment(app, 'qa', { domain: 'qa.example.io', … });
 */
export class EksEnvironment extends Cluster {
  /** The environments of an app, in the order in which they were made. */
  static in(app: GitopsApp): readonly EksEnvironment[] {
    return app.node.children.filter((child) => child instanceof EksEnvironment);
  }

  readonly hosts: Hosts;
  readonly decryption: Decryption;

  /** The credentials for Docker Hub: one encrypted file, which each namespace that pulls takes in. */
  readonly pullSecret: Directory;

  /** All of its namespaces but kube-system. */
  readonly namespaces: readonly EnvironmentNamespace[];

  /** @throws UserError `name-invalid`, `value-invalid` for a name or a host that is none, or is taken */
  constructor(app: GitopsApp, name: string, readonly props: EksEnvironmentProps) {
    checkEnvironment(EksEnvironment.in(app), name, props);
    super(app, name, { directory: `clusters/${name}` });
    this.hosts = hostsOf(props.domain, props.hosts);
    this.decryption = decryptionWith(props.key);
    sopsRules(this, props.key);
    this.pullSecret = new Directory(this, 'docker-hub');
    new EncryptedFile(this.pullSecret, 'docker-hub.enc');
    actAsRole(new FluxSystem(this, 'flux-system', site.repository), props.key);

    const fluxSystem = new EnvironmentNamespace(this, 'flux-system', { path: 'flux-system/credentials', kustomization: 'flux-system-credentials', isThere: true, pullsOwnImages: true });
    const defaults = new EnvironmentNamespace(this, 'default', { isThere: true, pullsOwnImages: true });
    const ingress = ingressNginx(this);
    const metrics = monitoring(this);
    const logs = logging(this, metrics);
    const traces = tracing(this);
    const services = new EnvironmentNamespace(this, name);
    new EncryptedFile(services, 'mongodb.enc');
    hydra(services, ingress);
    const toolbox = cdcToolbox(this);
    this.namespaces = [fluxSystem, defaults, ingress, metrics, logs, traces, services, toolbox];

    developerRole(defaults, '-default');
    developerRole(services, '');
    developerRole(metrics, '-monitoring');
  }

  /** Every Kustomization of the environment but flux-system's own. */
  get kustomizations(): readonly FluxKustomization[] {
    return this.namespaces.flatMap(({ kustomizations }) => kustomizations);
  }
}
