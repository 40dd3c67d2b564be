import type { CheckContext } from '../../checks/check-context';
import { at, listAt, mappingAt, textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { longestOf } from '../critical-path';
import { durationText } from '../durations';
import { subjectId } from '../milestone';
import type { RunbookStep } from '../plan';
import type { Waves } from '../waves';
import { entryOf, type Entry } from './entry';
import { installSteps } from './install';
import { neededSecrets } from './needed-secrets';
import { secretSteps } from './secrets';
import { shellWord } from './shell';
import { syncFileSteps } from './sync-files';

/** Images have to be pulled even where nothing waits, in seconds. */
const SHORTEST = 300;

/** What a person does to bring up a cluster that has nothing, in order. */
export function runbook(context: CheckContext, cluster: Cluster, waves: Waves): RunbookStep[] {
  const entry = entryOf(cluster, context.repository);
  const secrets = neededSecrets(context, cluster, madeByBootstrap(entry));
  const install = installSteps(cluster, entry, context);
  const namespaces = [...new Set(secrets.map(({ namespace }) => namespace))].filter((namespace) => !['default', 'kube-system'].includes(namespace)).sort();
  return [
    ...keyServices(cluster),
    // the operator's chart makes its namespace itself, and flux install does, before Secrets can lie there
    ...(entry.by === 'flux-bootstrap' ? [...secretSteps(secrets, namespaces), ...install] : [install[0]!, ...secretSteps(secrets, namespaces.filter((namespace) => namespace !== 'flux-system')), ...install.slice(1)]),
    ...syncFileSteps(cluster, entry, waves, context),
    readiness(waves),
  ];
}

/** The Secret for its own repository; by name, since the source may not be in the tree yet. */
function madeByBootstrap(entry: Entry): ReadonlySet<string> {
  if (entry.by !== 'flux-bootstrap') return new Set();
  const namespace = entry.sync?.namespace ?? 'flux-system';
  return new Set([`${namespace}/flux-system`, `${namespace}/${textAt(entry.sync?.data, 'spec.sourceRef.name') ?? 'flux-system'}`]);
}

/** Keys of clouds: there is no Secret for them, and the controller's own account has to have the right to use them. */
function keyServices(cluster: Cluster): RunbookStep[] {
  const keys = new Set<string>();
  const users = new Set<string>();
  for (const { key, data, objects } of cluster.kustomizations) {
    if (textAt(data, 'spec.decryption.provider') === undefined || at(data, 'spec.decryption.secretRef') !== undefined) continue;
    const found = objects.flatMap(({ source }) => serviceKeys(mappingAt(source?.data, 'sops')));
    if (found.length > 0) users.add(key);
    for (const one of found) keys.add(one);
  }
  if (keys.size === 0) return [];
  return [{ title: 'Let kustomize-controller decrypt', commands: [], notes: [...[...keys].sort().map((key) => `its ServiceAccount has to be allowed to decrypt with ${key}`), `needed by ${[...users].map((key) => `Kustomization ${key}`).join(', ')}`] }];
}

function serviceKeys(sops: unknown): string[] {
  return [
    ...listAt(sops, 'gcp_kms').flatMap((entry) => textAt(entry, 'resource_id') ?? []),
    ...listAt(sops, 'kms').flatMap((entry) => textAt(entry, 'arn') ?? []),
    ...listAt(sops, 'azure_kv').flatMap((entry) => (textAt(entry, 'vault_url') === undefined ? [] : `${textAt(entry, 'vault_url')}/keys/${textAt(entry, 'name')}`)),
    ...listAt(sops, 'hc_vault').flatMap((entry) => (textAt(entry, 'vault_address') === undefined ? [] : `${textAt(entry, 'vault_address')}, key ${textAt(entry, 'key_name')}`)),
  ];
}

function readiness({ waves, never, criticalPath }: Waves): RunbookStep {
  const last = criticalPath.at(-1)?.kustomization;
  const timeout = `--timeout=${durationText(Math.max(SHORTEST, longestOf(criticalPath) ?? 0))}`;
  const stuck = never.filter(({ subject: { kind } }) => kind === 'Kustomization');
  const releases = waves.flat().some(({ kustomization: { objects } }) => objects.some(({ group }) => group === 'helm.toolkit.fluxcd.io'));
  const one = last === undefined ? '' : `kubectl -n ${shellWord(last.namespace)} wait kustomization/${shellWord(last.name)}`;
  return {
    title: 'Wait until all is ready',
    commands: [
      // when the last one is there, all are, and can be waited for together
      ...(last === undefined ? [] : [`${one} --for=create ${timeout}`]),
      ...(stuck.length === 0 ? [`kubectl wait kustomizations.kustomize.toolkit.fluxcd.io --all --all-namespaces --for=condition=Ready ${timeout}`] : last === undefined ? [] : [`${one} --for=condition=Ready ${timeout}`]),
      'flux get kustomizations --all-namespaces',
      ...(releases ? ['flux get helmreleases --all-namespaces'] : []),
    ],
    notes: stuck.length === 0 ? [] : [`${stuck.slice(0, 5).map(({ subject }) => subjectId(subject)).join(', ')}${stuck.length > 5 ? ` and ${stuck.length - 5} more` : ''} will not be`],
  };
}
