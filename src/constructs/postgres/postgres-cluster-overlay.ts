import type { Construct } from 'constructs';
import { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { Patch, type PatchPlaceProps } from '../kustomize/patch';
import { archiveOf, recoveryArchiveOf, withoutArchive } from './archive';
import { archiveConflicts, claimArchive } from './archive-claims';
import type { BackupDestination } from './backup-destination';
import { checkArchives, checkClusterSpec, checkSettings, missingStorage } from './cluster-checks';
import type { ClusterSettings } from './cluster-settings';
import { specOf, type EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';
import { applyMergePatch, mergePatchBetween } from './merge-patch';
import type { ObjectStore } from './object-store';
import type { PostgresCluster } from './postgres-cluster';

/** What the environment sets: maps are merged with the base's, lists replace them, `bootstrap` and `backups` replace as a whole. */
export interface PostgresClusterOverlayProps extends ClusterSettings, Pick<PatchPlaceProps, 'path' | 'inline'> {}

/**
 * A cluster of a base directory in one environment. It is written as a patch of what differs, and stands for the whole
 * cluster of that environment, so that backups and recoveries are derived from all of it. Made by `PostgresCluster.overlay`.
 */
export class PostgresClusterOverlay extends Patch implements LiveCluster {
  readonly name: string;
  readonly spec: EffectiveSpec;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly backups?: BackupDestination | ObjectStore;

  /** @throws UserError for each value that CNPG would refuse, and for recovering from where it archives */
  constructor(scope: Construct, id: string, private readonly base: PostgresCluster, props: PostgresClusterOverlayProps) {
    const backups = props.backups ?? base.backups;
    const spec = overlaid(base, props);
    super(scope, id, props, {
      apiVersion: base.apiVersion,
      kind: base.kind,
      metadata: { name: base.name, ...(base.writtenNamespace === undefined ? {} : { namespace: base.writtenNamespace }) },
      spec: mergePatchBetween(base.spec, spec) ?? {},
    }, {});
    this.name = base.name;
    this.spec = spec;
    this.labels = base.labels;
    this.annotations = base.annotations;
    this.backups = backups;

    const checks = checkClusterSpec(checkSettings(new FieldChecks(this, 'PostgresCluster'), props), spec);
    checkArchives(checks, archiveOf(spec, this.name, backups), [props.bootstrap?.source, recoveryArchiveOf(spec)], 'archive under another serverName, or take the base\'s out: spec: { backup: null }').done();
    claimArchive(this, () => true);
    addModelCheck(this, () => [...missingStorage(this, spec), ...archiveConflicts(this)]);
  }

  /** Where the cluster lives in this environment: what the overlay's directory sets. */
  get namespace(): string | undefined {
    return Directory.around(this)?.targetNamespace ?? this.base.namespace;
  }

  /** The ServiceAccount that its pods run as: CNPG gives it the cluster's name. */
  get serviceAccountName(): string {
    return this.name;
  }
}

/** The base's spec as the environment has it. */
function overlaid(base: PostgresCluster, props: PostgresClusterOverlayProps): EffectiveSpec {
  const archives = props.backups !== undefined || props.serverName !== undefined;
  const { bootstrap, externalClusters, ...others } = archives ? withoutArchive(base.spec) : base.spec;
  const kept = props.bootstrap === undefined ? { ...others, bootstrap, externalClusters } : others;
  const set = specOf({
    ...props,
    backups: archives ? props.backups ?? base.backups : undefined,
    plugins: props.plugins ?? (archives ? kept.plugins : undefined),
  });
  return applyMergePatch(applyMergePatch(kept, set), props.spec);
}
