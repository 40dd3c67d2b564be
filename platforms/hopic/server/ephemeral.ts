import { Directory, EncryptedFile, EphemeralEnvironment, FluxKustomization, IAMPartialPolicy, NamespaceDirectory, Overlay, readEnvironments, UserError, type Environment, type FluxSystem } from 'fluxwright';
import type { HopicOptions } from '../options';
import { site } from '../site';
import { djangoEnvironment, firstImage, firstTag } from './django';
import { databaseName, ephemeralDatabase } from './postgres';
import { automationAuthor, automationMessage, type Live } from './production';
import type { Bases, Prerequisites } from './server';

const namespace = '${BRANCH_NAME}';

/** What each branch's environment is built from, as it stands in the branch. */
interface EphemeralDirectories {
  readonly infrastructure: Directory;
  readonly database: Directory;
  readonly application: Directory;
}

/** The directories that branches deploy from, and `ephemeral-instances/`: one file for each branch that has an environment. */
export function ephemeral(server: NamespaceDirectory, bases: Bases, live: Live, { flux }: Prerequisites, options: HopicOptions): void {
  const directory = new Directory(server, 'ephemeral', { path: 'overlays/ephemeral', hasKustomization: false, variables: ['BRANCH_NAME'] });
  const infrastructure = backupAccess(directory);
  const database = ephemeralDatabase(directory, bases.postgres, live.database, options);
  const application = new Overlay(directory, 'django', {
    bases: [bases.django],
    namespace,
    labels: [{ pairs: { app: 'server', branch: namespace }, includeSelectors: true }],
  });
  djangoEnvironment(application, {
    namespace,
    host: `${namespace}.${site.ephemeralDomain}`,
    image: options.ephemeralPin === 'branch' ? live.policy.pin(firstImage) : firstImage,
    settings: { ENABLE_LEGACY_LOG_IN: 'true' },
  });
  new EncryptedFile(application, 'django-secret-key.enc');
  new EncryptedFile(application, 'phac-aspc-oauth-config.enc');

  // applied by hand, the sync file lies among the instances and manages itself; applied by Flux, it may have one owner only
  const instances = options.syncByHand
    ? new NamespaceDirectory(server, 'ephemeral-instances', { namespace: 'flux-system', hasKustomization: false })
    : new Directory(server, 'ephemeral-instances', { namespace: 'flux-system' });
  new FluxKustomization(options.syncByHand ? instances : server, 'instances', { name: 'ephemeral-instances', applies: instances, dependsOn: flux.dependencies, interval: '1m0s' });
  const { branches, ephemeralPin } = options;
  const environments: readonly ListedEnvironment[] = branches?.map((branch) => ({ branch, pin: ephemeralPin })) ?? readEnvironments(server, 'platforms/hopic/environments.yaml');
  for (const listed of environments) environment(instances, listed, { infrastructure, database, application }, live, flux, options);
}

type ListedEnvironment = Pick<Environment, 'branch'> & Partial<Environment>;

/** One branch's environment: its file among the instances is all there is of it on the main branch. */
function environment(instances: Directory, { branch, namespace, database, pin = 'instance', removing }: ListedEnvironment, directories: EphemeralDirectories, { images }: Live, flux: FluxSystem, { syncByHand }: HopicOptions): void {
  if (database === 'empty') throw new UserError('value-invalid', `the environment of ${branch} wants an empty database, and there are only copies of production's`, 'take "database: empty" out of platforms/hopic/environments.yaml');
  const interval = '2m0s';
  const inBranch = pin === 'branch';
  new EphemeralEnvironment(instances, branch, {
    namespace,
    removing,
    source: flux.source,
    sourceInterval: '1m0s',
    dependsOn: syncByHand ? [{ name: 'ephemeral-instances' }] : [],
    interval,
    infrastructure: directories.infrastructure,
    database: directories.database,
    application: { applies: directories.application, name: 'django' },
    image: {
      repository: images,
      tag: inBranch ? undefined : firstTag,
      tagPattern: inBranch ? (prefix) => `^${prefix}-[a-fA-F0-9]+-(?P<ts>.*)` : undefined,
    },
    pin,
    automation: inBranch ? { name: 'cpho-updater', interval: '5m', author: automationAuthor, messageTemplate: automationMessage, updates: '.' } : undefined,
  });
}

/** Lets the environment's database read production's backups. */
function backupAccess(directory: Directory): Directory {
  const infrastructure = new Directory(directory, 'infrastructure');
  new IAMPartialPolicy(infrastructure, 'backup-access', {
    name: `${namespace}-hopic-wi`,
    namespace: 'configconnector-resources',
    labels: { branch: namespace, classification: 'ucll', 'vanity-name': 'pht-hopic' },
    spec: {
      resourceRef: { apiVersion: 'iam.cnrm.cloud.google.com/v1beta1', kind: 'IAMServiceAccount', name: 'hopic-postgres-backup' },
      bindings: [{
        role: 'roles/iam.workloadIdentityUser',
        members: [{ member: `serviceAccount:${site.project}.svc.id.goog[${namespace}/${databaseName}]` }],
      }],
    },
  });
  return infrastructure;
}
