import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../harness/folder';
import { answers, freePorts, startProcess } from '../harness/processes';
import { programPath } from '../harness/programs';
import type { Scope } from '../harness/scope';
import { KubeClient } from './kube-client';

/** An API server with nothing behind it but etcd and, for the life of namespaces, Kubernetes' own controllers. */
export interface ApiServer {
  readonly client: KubeClient;
  readonly kubeconfig: string;
  /** Logs, keys and data: gone with the scope. */
  readonly folder: string;
}

/** Those whose work shows in what Flux does: namespaces end, what an owner leaves is deleted, roles are aggregated. */
const CONTROLLERS = ['namespace-controller', 'garbage-collector-controller', 'serviceaccount-controller', 'clusterrole-aggregation-controller'];

/**
 * Starts etcd and kube-apiserver on loopback, with keys of their own. Admission webhooks are off: what would answer them
 * is a pod, and there is no kubelet.
 */
export async function startApiServer(scope: Scope): Promise<ApiServer> {
  const folder = temporaryFolder(scope);
  const [clientPort, peerPort, port] = (await freePorts(3)) as [number, number, number];
  const etcd = `http://127.0.0.1:${clientPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  await startProcess(scope, 'etcd', programPath('etcd'), [
    '--name=e2e', `--data-dir=${join(folder, 'etcd')}`, '--unsafe-no-fsync', '--log-level=warn',
    `--listen-client-urls=${etcd}`, `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=e2e=${peer}`,
  ], { folder, isReady: () => answers(`${etcd}/health`) });

  const token = randomBytes(24).toString('hex');
  const certificates = join(folder, 'certificates');
  mkdirSync(certificates);
  const [tokens, accountKey] = [join(folder, 'tokens.csv'), join(folder, 'service-accounts.key')];
  writeFileSync(tokens, `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  writeFileSync(accountKey, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  const server = `https://127.0.0.1:${port}`;
  const ca = join(certificates, 'apiserver.crt'); // which the server makes for itself
  let client: KubeClient | undefined;
  await startProcess(scope, 'kube-apiserver', programPath('kube-apiserver'), [
    `--etcd-servers=${etcd}`, '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${certificates}`,
    '--endpoint-reconciler-type=none', '--service-cluster-ip-range=10.0.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${accountKey}`, `--service-account-signing-key-file=${accountKey}`,
    `--token-auth-file=${tokens}`, '--authorization-mode=RBAC', '--anonymous-auth=false', '--allow-privileged=true', '--profiling=false',
    '--disable-admission-plugins=ServiceAccount,MutatingAdmissionWebhook,ValidatingAdmissionWebhook',
  ], {
    folder,
    isReady: async () => {
      if (client === undefined && existsSync(ca)) client = new KubeClient(server, token, readFileSync(ca, 'utf8'));
      return client !== undefined && client.isOk('/readyz');
    },
  });

  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'e2e',
    clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority': ca } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'admin' } }],
  }), { mode: 0o600 });
  await startProcess(scope, 'kube-controller-manager', programPath('kube-controller-manager'), [
    `--kubeconfig=${kubeconfig}`, '--bind-address=127.0.0.1', '--secure-port=0', '--leader-elect=false', `--service-account-private-key-file=${accountKey}`, `--controllers=${CONTROLLERS.join(',')}`,
  ], { folder, isReady: async () => (await client!.get('v1', 'ServiceAccount', 'default', 'default')) !== undefined });
  return { client: client!, kubeconfig, folder };
}
