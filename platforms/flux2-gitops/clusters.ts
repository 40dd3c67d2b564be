import { Directory, FluxKustomization, FluxSystem, type Cluster, type FluxKustomizationProps } from 'fluxwright';
import type { Foundation } from './layers/infra/infra';
import type { Flux2GitopsOptions } from './options';
import type { Layer } from './shapes/layer';
import { site } from './site';

type Layers<Name extends string> = Readonly<Record<Name, Layer>>;

/** Staging: Flux itself, and infra → system → apps and 3rd. System waits for the releases that it is seen, reached and measured by. */
export function stagingCluster(cluster: Cluster, { decryptionSecret = 'sops-age' }: Flux2GitopsOptions) {
  new FluxSystem(cluster, 'flux-system', {
    path: 'clusters/staging/flux-system',
    ...site.repository,
    sourceInterval: '60m0s',
    interval: '10m0s',
    kustomizationSpec: { path: './clusters/staging' },
  });
  const common = { interval: '10m0s', decryption: { provider: 'sops', secretRef: decryptionSecret } } as const;

  return (layers: Layers<'infra' | 'system' | 'apps' | '3rd'>, { prometheus, ingressNginx, traefik }: Foundation): void => {
    const directory = new Directory(cluster, 'clusters', { path: 'clusters/staging', hasKustomization: false });
    const apply = (name: keyof typeof layers, props: Partial<FluxKustomizationProps>) => new FluxKustomization(directory, name, { applies: layers[name].applied('staging'), ...common, ...props });

    const infra = apply('infra', {});
    const system = apply('system', { dependsOn: [infra], healthChecks: [prometheus, ingressNginx, traefik] });
    apply('apps', { dependsOn: [system], timeout: '10m0s', wait: false });
    apply('3rd', { dependsOn: [system], interval: '60m0s', timeout: '10m0s', wait: true });
  };
}

/** Production: the order is there, the layers are empty so far. */
export function productionCluster(cluster: Cluster) {
  return (layers: Layers<'infra' | 'system' | 'apps'>): void => {
    const directory = new Directory(cluster, 'clusters', { path: 'clusters/production', hasKustomization: false });
    const source = { kind: 'GitRepository', name: 'flux-system', namespace: cluster.fluxNamespace };
    const apply = (name: keyof typeof layers, props: Partial<FluxKustomizationProps>) => new FluxKustomization(directory, name, { applies: layers[name].applied('production'), source, interval: '10m0s', ...props });

    const infra = apply('infra', {});
    const system = apply('system', { dependsOn: [infra] });
    apply('apps', { dependsOn: [system], timeout: '5m0s', wait: true });
  };
}
