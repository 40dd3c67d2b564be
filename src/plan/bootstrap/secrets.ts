import type { RunbookStep } from '../plan';
import type { NeededSecret } from './needed-secrets';
import { command, option, shellWord, variable } from './shell';

/** The step that makes what nothing in the tree makes, and the namespaces that it goes to. */
export function secretSteps(secrets: readonly NeededSecret[], namespaces: readonly string[]): RunbookStep[] {
  if (secrets.length === 0) return [];
  return [{
    title: secrets.length === 1 ? 'Create the Secret that nothing in the tree makes' : `Create the ${secrets.length} Secrets that nothing in the tree makes`,
    commands: [...namespaces.map((namespace) => `kubectl create namespace ${shellWord(namespace)}`), ...secrets.map(creating)],
    notes: secrets.map(({ namespace, name, use, neededBy }) => `${namespace}/${name}: ${purpose(use)} ${neededBy.slice(0, 3).join(', ')}${neededBy.length > 3 ? ` and ${neededBy.length - 3} more` : ''}`),
  }];
}

function purpose(use: NeededSecret['use']): string {
  return { sops: 'the key that decrypts for', git: 'the key to the repository for', helm: 'credentials for', registry: 'credentials for', certificate: 'the certificate for', signature: 'the public key for', token: 'the token for', kubeconfig: 'the kubeconfig for', values: 'values for', data: 'read by' }[use.type];
}

function creating({ namespace, name, use, keys }: NeededSecret): string {
  const generic = (...data: readonly string[]): string => command('kubectl', `-n ${shellWord(namespace)}`, 'create secret generic', shellWord(name), ...data);
  const flux = (kind: string, ...data: readonly (string | undefined)[]): string => command(`flux create secret ${kind}`, shellWord(name), option('namespace', namespace), ...data);
  switch (use.type) {
    case 'sops': {
      const age = use.keys.includes('age') || use.keys.length === 0 ? ['--from-file=age.agekey'] : [];
      if (!use.keys.includes('pgp')) return generic(...age);
      const fingerprints = use.fingerprints.length === 0 ? variable('key fingerprint') : use.fingerprints.map(shellWord).join(' ');
      return `gpg --export-secret-keys --armor ${fingerprints} | ${generic(...age, '--from-file=sops.asc=/dev/stdin')}`;
    }
    case 'git': {
      const url = option('url', use.url) ?? `--url=${variable('repository url')}`;
      return /^https?:/.test(use.url ?? '') ? flux('git', url, '--username=git', `--password=${variable('git token')}`) : flux('git', url);
    }
    case 'helm': return flux('helm', `--username=${variable('username')}`, `--password=${variable('password')}`);
    case 'registry': return command('kubectl', `-n ${shellWord(namespace)}`, 'create secret docker-registry', shellWord(name), option('docker-server', hostOf(use.url)), `--docker-username=${variable('username')}`, `--docker-password=${variable('password')}`);
    case 'certificate': return generic('--from-file=ca.crt');
    case 'signature': return generic('--from-file=cosign.pub');
    case 'token': return generic(`--from-literal=token=${variable('token')}`);
    case 'kubeconfig': return generic('--from-file=value=kubeconfig');
    case 'values':
    case 'data': return keys.length === 0 ? generic(`--from-env-file=${shellWord(`${name}.env`)}`) : generic(...keys.map((key) => (/\.[a-z]{2,5}$/.test(key) ? `--from-file=${shellWord(key)}` : `--from-literal=${shellWord(key)}=${variable(key)}`)));
  }
}

function hostOf(image: string | undefined): string | undefined {
  const first = image?.replace(/^[a-z]+:\/\//, '').split('/')[0];
  return first !== undefined && (/[.:]/.test(first) || first === 'localhost') ? first : undefined;
}
