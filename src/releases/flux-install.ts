import { containersOf } from '../model/containers';
import { listAt, mappingAt, textAt, textsAt } from '../model/fields';
import type { SourceObject } from '../model/source-object';
import { parseImage } from '../tree/image-reference';

/** Flux as a file of `flux install --export` has it. */
export interface FluxInstall {
  /** `v2.4.0`. */
  readonly version: string | undefined;
  readonly components: readonly string[];
  /** What `flux install` has to be told to make the same of another version. */
  readonly parameters: readonly string[];
}

const DEFAULT_COMPONENTS = ['source-controller', 'kustomize-controller', 'helm-controller', 'notification-controller'];

/** Reads what Flux was installed with from what the install has made, since the file is all that there is of it. */
export function readFluxInstall(objects: readonly SourceObject[], text: string): FluxInstall {
  const controllers = objects.filter(({ kind, name }) => kind === 'Deployment' && /^[a-z-]+$/.test(name));
  const components = controllers.map(({ name }) => name);
  const extra = components.filter((name) => !DEFAULT_COMPONENTS.includes(name));
  const containers = controllers.flatMap((one) => containersOf(one).slice(0, 1));
  const values = containers.flatMap(({ data }) => textsAt(data, 'args'));
  const valueOf = (flag: string): string | undefined => values.find((value) => value.startsWith(`--${flag}=`))?.slice(flag.length + 3);
  const registry = containers.flatMap(({ data }) => textAt(data, 'image') ?? []).map((image) => parseImage(image).repository.replace(/\/[^/]*$/, ''))[0];
  const domain = /\.svc\.([\w.-]+?)\.?\/?$/.exec(valueOf('events-addr') ?? valueOf('storage-adv-addr') ?? '')?.[1];
  const pullSecret = controllers.map(({ data }) => textAt(listAt(mappingAt(data, 'spec.template.spec'), 'imagePullSecrets')[0], 'name')).find((name) => name !== undefined);
  const given: readonly (readonly [flag: string, value: string | undefined, usual: string])[] = [
    ['namespace', objects.find(({ kind }) => kind === 'Namespace')?.name, 'flux-system'],
    ['registry', registry, 'ghcr.io/fluxcd'],
    ['image-pull-secret', pullSecret, ''],
    ['log-level', valueOf('log-level'), 'info'],
    ['watch-all-namespaces', valueOf('watch-all-namespaces'), 'true'],
    ['network-policy', String(objects.some(({ kind }) => kind === 'NetworkPolicy')), 'true'],
    ['cluster-domain', domain, 'cluster.local'],
  ];
  return {
    version: /^# Flux Version: (v\d\S*)/m.exec(text)?.[1] ?? objects.map(({ data }) => textAt(data, ['metadata', 'labels', 'app.kubernetes.io/version'])).find((version) => version !== undefined),
    components,
    parameters: [
      `--components=${components.filter((name) => DEFAULT_COMPONENTS.includes(name)).join(',')}`,
      ...(extra.length === 0 ? [] : [`--components-extra=${extra.join(',')}`]),
      ...given.flatMap(([flag, value, usual]) => (value === undefined || value === usual ? [] : [`--${flag}=${value}`])),
    ],
  };
}
