import type { IConstruct } from 'constructs';
import { UserError } from '../../errors';
import { archiveOf, describeArchive, type Archive } from './archive';
import type { LiveCluster } from './live-cluster';

const CLAIMS = Symbol.for('fluxwright.ArchiveClaims');

/** Remembers where a cluster archives, so that two that archive to one place can be told. */
export function claimArchive(cluster: LiveCluster, isApplied: () => boolean): void {
  const archive = archiveOf(cluster.spec, cluster.name, cluster.backups);
  if (archive === undefined) return;
  const key = describeArchive(archive);
  const claims = claimsOf(cluster);
  const others = claims.get(key);
  if (others === undefined) claims.set(key, [{ cluster, isApplied }]);
  else others.push({ cluster, isApplied });
}

/** Two clusters that write one archive make it useless for both, and nobody notices before the recovery. */
export function archiveConflicts(cluster: LiveCluster): UserError[] {
  const archive = archiveOf(cluster.spec, cluster.name, cluster.backups);
  if (archive === undefined) return [];
  const writers = (claimsOf(cluster).get(describeArchive(archive)) ?? []).filter(({ isApplied }) => isApplied());
  const [first, ...others] = writers.map((claim) => claim.cluster);
  if (first !== cluster || others.length === 0) return [];
  const paths = [first, ...others].map(({ node }) => `"${node.path}"`).join(' and ');
  return [new UserError('archive-taken', `PostgresClusters ${paths} archive to the same place, ${describeArchive(archive)}`, 'give each a serverName or a destination of its own')];
}

/** The clusters of the app that archive where a recovered one is to. */
export function archiveWriters(recovered: IConstruct, kind: string, archive: Archive | undefined): UserError[] {
  if (archive === undefined) return [];
  const writer = claimsOf(recovered).get(describeArchive(archive))?.find(({ isApplied }) => isApplied())?.cluster;
  if (writer === undefined) return [];
  return [new UserError('archive-taken', `${kind} "${recovered.node.path}" archives to ${describeArchive(archive)}, and so does PostgresCluster "${writer.node.path}"`, 'write another name: archivesAs: …')];
}

interface Claim {
  readonly cluster: LiveCluster;
  /** Whether it runs: a base that overlays complete does not. */
  readonly isApplied: () => boolean;
}

function claimsOf(construct: IConstruct): Map<string, Claim[]> {
  const root = construct.node.root as { [CLAIMS]?: Map<string, Claim[]> };
  return (root[CLAIMS] ??= new Map());
}
