import { at, isMapping, listAt, mappingAt, textAt, type Data } from '../model/fields';
import { groupOf } from '../model/source-object';
import { PLUGIN, sourceStoreOf, storeOf } from './plugin-names';

/** The clusters of a render that archive into a `barmanObjectStore`, by namespace and name. */
export function archivingPlaces(objects: readonly Data[]): string[] {
  return objects.filter((data) => isCnpg(data, 'Cluster') && isMapping(at(data, 'spec.backup.barmanObjectStore'))).map(placeOf);
}

/**
 * What a render comes to when clusters archive by the plugin.
 * @param archiving those that did without before, in any render: their backups may be applied on their own
 */
export function expectedWithPlugin(objects: readonly Data[], archiving: ReadonlySet<string> = new Set(archivingPlaces(objects))): Data[] {
  return objects.flatMap((data): Data[] => {
    if (isCnpg(data, 'Cluster')) return clusterWithPlugin(data);
    const isBackup = isCnpg(data, 'ScheduledBackup') || isCnpg(data, 'Backup');
    if (!isBackup || !archiving.has(`${textAt(data, 'metadata.namespace') ?? ''}/${textAt(data, 'spec.cluster.name') ?? ''}`) || !/^(barmanObjectStore)?$/.test(textAt(data, 'spec.method') ?? '')) return [data];
    return [{ ...data, spec: { ...mappingAt(data, 'spec'), method: 'plugin', pluginConfiguration: { name: PLUGIN } } }];
  });
}

function clusterWithPlugin(data: Data): Data[] {
  const name = textAt(data, 'metadata.name') ?? '';
  const { backup, externalClusters, ...spec } = mappingAt(data, 'spec');
  const stores: Data[] = [];
  const changed: Record<string, unknown> = { ...spec };
  const store = (storeName: string, { serverName: _, ...configuration }: Data, rest: Data): void => void stores.push({
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: { name: storeName, ...(textAt(data, 'metadata.namespace') === undefined ? {} : { namespace: textAt(data, 'metadata.namespace') }) },
    spec: { configuration, ...rest },
  });

  const archive = at(backup, 'barmanObjectStore');
  if (isMapping(archive) && isMapping(backup)) {
    const { barmanObjectStore: _, retentionPolicy, ...other } = backup;
    store(storeOf(name), archive, retentionPolicy === undefined ? {} : { retentionPolicy });
    const serverName = textAt(archive, 'serverName');
    changed['plugins'] = [{ name: PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: storeOf(name), ...(serverName === undefined ? {} : { serverName }) } }];
    if (Object.keys(other).length > 0) changed['backup'] = other;
  } else if (backup !== undefined) changed['backup'] = backup;

  if (Array.isArray(externalClusters)) {
    changed['externalClusters'] = listAt(data, 'spec.externalClusters').map((external) => {
      const source = at(external, 'barmanObjectStore');
      if (!isMapping(external) || !isMapping(source)) return external;
      const { barmanObjectStore: _, ...other } = external;
      const own = textAt(external, 'name') ?? '';
      store(sourceStoreOf(name, own), source, {});
      return { ...other, plugin: { name: PLUGIN, parameters: { barmanObjectName: sourceStoreOf(name, own), serverName: textAt(source, 'serverName') ?? own } } };
    });
  }
  return [{ ...data, spec: changed }, ...stores];
}

function isCnpg(data: Data, kind: string): boolean {
  return data['kind'] === kind && groupOf(textAt(data, 'apiVersion') ?? '') === 'postgresql.cnpg.io';
}

function placeOf(data: Data): string {
  return `${textAt(data, 'metadata.namespace') ?? ''}/${textAt(data, 'metadata.name') ?? ''}`;
}
