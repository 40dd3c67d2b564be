import { archiveOf, archivingAs, withoutArchive, type Archive } from './archive';
import type { Bootstrap } from './bootstrap';
import type { EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';

export interface RecoveredSpecOptions extends Bootstrap {
  readonly replica?: EffectiveSpec['replica'];
  /** The serverName to archive under, in the live cluster's destination; nowhere if left out. */
  readonly archivesAs?: string;
  /** The recovered cluster's, where the Secrets that the live one names may not be. */
  readonly namespace?: string;
}

/** The live cluster's spec with another bootstrap and another archive: all that it does not name stays as it is. */
export function recoveredSpec(live: LiveCluster, { bootstrap, externalClusters = [], replica, archivesAs, namespace }: RecoveredSpecOptions): EffectiveSpec {
  const { bootstrap: before, externalClusters: others = [], replica: following, ...rest } = archivesAs === undefined ? withoutArchive(live.spec) : archivingAs(live.spec, archivesAs);
  const replaced = [before?.recovery?.source, before?.pg_basebackup?.source, following?.source, ...externalClusters.map(({ name }) => name)];
  const external = [...externalClusters, ...others.filter(({ name }) => !replaced.includes(name))];
  return {
    bootstrap: namespace === live.namespace ? withApplicationSecret(bootstrap, live) : bootstrap,
    ...(external.length === 0 ? {} : { externalClusters: external }),
    ...(replica === undefined ? {} : { replica }),
    ...rest,
  };
}

/** What of a spec belongs to the live cluster's own names, and not to a copy: its certificates, and Services that it makes by name. */
export function withoutOwnNames({ certificates, managed, ...rest }: EffectiveSpec): EffectiveSpec {
  const { services, ...others } = managed ?? {};
  const { additional, ...ofServices } = services ?? {};
  void [certificates, additional];
  const kept = { ...others, ...(Object.keys(ofServices).length === 0 ? {} : { services: ofServices }) };
  return { ...rest, ...(Object.keys(kept).length === 0 ? {} : { managed: kept }) };
}

/** Where applications log in with a Secret of their own, CNPG would otherwise give the owner another password. */
function withApplicationSecret(bootstrap: Bootstrap['bootstrap'], { spec }: LiveCluster): Bootstrap['bootstrap'] {
  const { initdb, recovery, pg_basebackup: copied } = spec.bootstrap ?? {};
  const { secret } = initdb ?? recovery ?? copied ?? {};
  if (bootstrap.recovery == null || secret == null) return bootstrap;
  return { ...bootstrap, recovery: { secret, ...bootstrap.recovery } };
}

export function liveArchive({ spec, name, backups }: LiveCluster): Archive | undefined {
  return archiveOf(spec, name, backups);
}
