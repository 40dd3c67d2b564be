import { archiveOf, archivingAs, withoutArchive, type Archive } from './archive';
import type { Bootstrap } from './bootstrap';
import type { EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';

export interface RecoveredSpecOptions extends Bootstrap {
  readonly replica?: EffectiveSpec['replica'];
  /** The serverName to archive under, in the live cluster's destination; nowhere if left out. */
  readonly archivesAs?: string;
}

/** The live cluster's spec with another bootstrap and another archive: all that it does not name stays as it is. */
export function recoveredSpec(live: LiveCluster, { bootstrap, externalClusters = [], replica, archivesAs }: RecoveredSpecOptions): EffectiveSpec {
  const { bootstrap: before, externalClusters: others = [], replica: following, ...rest } = archivesAs === undefined ? withoutArchive(live.spec) : archivingAs(live.spec, archivesAs);
  const replaced = [before?.recovery?.source, before?.pg_basebackup?.source, following?.source, ...externalClusters.map(({ name }) => name)];
  const external = [...externalClusters, ...others.filter(({ name }) => !replaced.includes(name))];
  return {
    bootstrap,
    ...(external.length === 0 ? {} : { externalClusters: external }),
    ...(replica === undefined ? {} : { replica }),
    ...rest,
  };
}

export function liveArchive({ spec, name, backups }: LiveCluster): Archive | undefined {
  return archiveOf(spec, name, backups);
}
