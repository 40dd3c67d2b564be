import type { IConstruct } from 'constructs';
import type { FieldChecks } from '../../app/field-checks';
import { UserError } from '../../errors';
import { readToken } from '../../yaml/comment';
import { describeArchive, isSameArchive, type Archive } from './archive';
import { hasForm } from './bare-text';
import type { EffectiveSpec } from './cluster-spec';
import type { ClusterSettings } from './cluster-settings';
import { checkDestination } from './destination-check';
import { FIXED_PARAMETERS } from './fixed-parameters';
import { isObjectStore } from './object-store';
import { checkRecoveryTarget } from './recovery-target';

/** What is wrong with a cluster's name: CNPG makes Services and Secrets from it. */
export function checkClusterName(checks: FieldChecks, name: string): FieldChecks {
  return checks.require(hasForm(name, /^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/), 'name-invalid', `has metadata.name ${JSON.stringify(name)}`, 'use at most 50 lower-case letters, digits and "-", starting with a letter: CNPG makes names of Services from it');
}

/** What is wrong with a spec, or with the part of one, as far as CNPG's own checks would find it in the cluster. */
export function checkClusterSpec(checks: FieldChecks, spec: EffectiveSpec): FieldChecks {
  const { instances, storage, walStorage, resources, serviceAccountTemplate, inheritedMetadata } = spec;
  checks
    .require(instances === undefined || (Number.isInteger(instances) && instances >= 1), 'value-invalid', `has instances ${JSON.stringify(instances)}`, 'write a whole number, 1 or more')
    .quantity('storage.size', storage?.size)
    .quantity('walStorage.size', walStorage?.size)
    .labels(inheritedMetadata?.labels, 'inheritedMetadata.labels')
    .annotations(inheritedMetadata?.annotations, 'inheritedMetadata.annotations')
    .labels(serviceAccountTemplate?.metadata?.labels, 'serviceAccountTemplate.metadata.labels')
    .annotations(serviceAccountTemplate?.metadata?.annotations, 'serviceAccountTemplate.metadata.annotations');
  for (const list of ['requests', 'limits'] as const) {
    for (const [name, amount] of Object.entries(resources?.[list] ?? {})) checks.quantity(`resources.${list}.${name}`, amount);
  }
  for (const field of ['startDelay', 'stopDelay', 'smartShutdownTimeout', 'switchoverDelay', 'failoverDelay'] as const) {
    const seconds = spec[field];
    checks.require(seconds === undefined || (Number.isInteger(seconds) && seconds >= 0), 'duration-invalid', `has ${field} ${JSON.stringify(seconds)}`, 'write a whole number of seconds, such as 900');
  }
  checkImageName(checks, spec.imageName);
  checkParameters(checks, spec.postgresql?.parameters ?? {});
  checkBootstrap(checks, spec);
  return checks.require(spec.primaryUpdateStrategy !== 'supervised' || instances !== 1, 'value-invalid', 'has primaryUpdateStrategy "supervised" with one instance', 'give it more instances, or leave out primaryUpdateStrategy');
}

/** What is wrong with props that a spec no longer shows. */
export function checkSettings(checks: FieldChecks, { backups, serverName }: ClusterSettings): FieldChecks {
  if (backups !== undefined && !isObjectStore(backups)) checkDestination(checks, backups);
  return checks.require(serverName === undefined || hasForm(serverName, /^[^/\s]+$/), 'value-invalid', `has serverName ${JSON.stringify(serverName)}`, 'write the name of one folder in the destination');
}

/** Recovering from where one archives is what CNPG answers with "Expected empty archive", and what could spoil the backup. */
export function checkArchives(checks: FieldChecks, target: Archive | undefined, sources: readonly (Archive | undefined)[], fix: string): FieldChecks {
  if (target === undefined || !sources.some((source) => source !== undefined && isSameArchive(source, target))) return checks;
  return checks.require(false, 'recovery-overwrites-source', `recovers from ${describeArchive(target)} and archives to the same place`, fix);
}

/** A cluster that is applied needs a volume; the part of one in a base does not. */
export function missingStorage(construct: IConstruct, spec: EffectiveSpec): UserError[] {
  if (spec.storage?.size !== undefined || spec.storage?.pvcTemplate?.resources?.requests?.['storage'] !== undefined) return [];
  return [new UserError('value-invalid', `PostgresCluster "${construct.node.path}" has no storage size`, 'write storage: { size: \'10Gi\' }, or make it the base of an overlay that does')];
}

function checkImageName(checks: FieldChecks, imageName: string | undefined): void {
  if (imageName === undefined) return;
  const image = readToken(imageName).value ?? '';
  const tag = /:([^:/]+)$/.exec(image.replace(/@.*$/, ''))?.[1];
  const named = /^\$\{[^}]*\}$/.test(image) || (tag !== undefined && /^(\d|\$\{)/.test(tag));
  checks.require(named, 'value-invalid', `has imageName ${JSON.stringify(image)}, ${tag === undefined ? 'without a tag' : 'whose tag does not begin with the version of Postgres'}`, 'name the version, such as ghcr.io/cloudnative-pg/postgresql:17.5; CNPG finds upgrades by the tag');
}

function checkParameters(checks: FieldChecks, parameters: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    checks
      .require(typeof value === 'string', 'value-invalid', `has the parameter ${name} ${JSON.stringify(value)}, which is no string`, `put it in quotes: '${String(value)}'`)
      .require(!FIXED_PARAMETERS.has(name), 'value-invalid', `has the parameter ${name}, which CNPG sets itself`, name === 'shared_preload_libraries' ? 'use the prop shared_preload_libraries' : 'leave it out');
  }
}

function checkBootstrap(checks: FieldChecks, { bootstrap, externalClusters = [] }: EffectiveSpec): void {
  const methods = Object.keys(bootstrap ?? {});
  checks.require(methods.length <= 1, 'value-invalid', `has ${methods.length} ways to bootstrap: ${methods.join(', ')}`, 'choose one');
  const { recovery, pg_basebackup: copy } = bootstrap ?? {};
  for (const source of [recovery?.source, copy?.source]) {
    checks.require(source == null || externalClusters.some(({ name }) => name === source), 'reference-invalid', `bootstraps from ${JSON.stringify(source)}, which is none of its externalClusters`, 'use recoverFrom(…), or name it in externalClusters');
  }
  for (const way of [recovery, copy]) {
    checks.require((way?.database == null) === (way?.owner == null), 'value-invalid', `bootstraps with a ${way?.database == null ? 'owner and no database' : 'database and no owner'}`, 'give both database and owner');
  }
  checkRecoveryTarget(checks, recovery?.recoveryTarget);
}
