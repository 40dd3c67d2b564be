import type { ClusterSpec } from '../../../imports/postgresql.cnpg.io';
import type { ApiData } from '../api-data';
import type { ClusterSettings } from './cluster-settings';
import { BARMAN_PLUGIN } from './archive';
import { isObjectStore } from './object-store';

/** The spec of a Cluster as it reaches Kubernetes. */
export type EffectiveSpec = Partial<ApiData<ClusterSpec>>;

type Plugin = NonNullable<EffectiveSpec['plugins']>[number];

/** What the props say, without the escape hatch, in the order that a reader expects. */
export function specOf(settings: ClusterSettings): EffectiveSpec {
  const { parameters, pg_hba, shared_preload_libraries, backups, serverName, bootstrap } = settings;
  const store = backups !== undefined && isObjectStore(backups) ? backups : undefined;
  const destination = backups !== undefined && !isObjectStore(backups) ? backups : undefined;
  const barman: Plugin | undefined = store && {
    name: BARMAN_PLUGIN,
    isWALArchiver: true,
    parameters: given({ barmanObjectName: store.name, serverName }) as Record<string, string>,
  };
  return given({
    instances: settings.instances,
    imageName: settings.imageName,
    enablePDB: settings.enablePDB,
    primaryUpdateStrategy: settings.primaryUpdateStrategy,
    primaryUpdateMethod: settings.primaryUpdateMethod,
    startDelay: settings.startDelay,
    stopDelay: settings.stopDelay,
    smartShutdownTimeout: settings.smartShutdownTimeout,
    switchoverDelay: settings.switchoverDelay,
    failoverDelay: settings.failoverDelay,
    enableSuperuserAccess: settings.enableSuperuserAccess,
    superuserSecret: settings.superuserSecret,
    certificates: settings.certificates,
    inheritedMetadata: settings.inheritedMetadata,
    serviceAccountTemplate: settings.serviceAccountTemplate,
    bootstrap: bootstrap?.bootstrap,
    externalClusters: joined(bootstrap?.externalClusters, settings.externalClusters),
    postgresql: given({ parameters, pg_hba, shared_preload_libraries }),
    storage: settings.storage,
    walStorage: settings.walStorage,
    resources: settings.resources,
    affinity: settings.affinity,
    monitoring: settings.monitoring,
    backup: given({
      barmanObjectStore: destination && given({ ...destination.configuration, serverName }),
      retentionPolicy: destination?.retentionPolicy,
      volumeSnapshot: settings.volumeSnapshot,
    }),
    plugins: joined(barman && [barman], settings.plugins),
  }) ?? {};
}

/** The fields that are given; undefined if none is. */
export function given<Fields extends Readonly<Record<string, unknown>>>(fields: Fields): Fields | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Fields);
}

function joined<Item>(first: readonly Item[] = [], second: readonly Item[] = []): readonly Item[] | undefined {
  return first.length + second.length === 0 ? undefined : [...first, ...second];
}
