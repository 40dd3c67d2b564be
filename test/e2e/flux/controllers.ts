import type { ApiServer } from '../cluster/api-server';
import { answers, freePorts, startProcess, type Process } from '../harness/processes';
import { programPath, type Program } from '../harness/programs';
import type { Scope } from '../harness/scope';

/** The Secret in flux-system whose age key decrypts where a Kustomization names none. */
export const AGE_SECRET = 'sops-age';

/** Flux's controllers, as plain processes outside of the cluster. */
export async function startKustomizeController(scope: Scope, server: ApiServer): Promise<Process> {
  return startController(scope, server, 'kustomize-controller', [`--sops-age-secret=${AGE_SECRET}`, '--requeue-dependency=1s']);
}

export async function startHelmController(scope: Scope, server: ApiServer): Promise<Process> {
  return startController(scope, server, 'helm-controller', ['--requeue-dependency=1s']);
}

async function startController(scope: Scope, { folder, kubeconfig }: ApiServer, program: Program, parameters: readonly string[]): Promise<Process> {
  const [metrics, health] = (await freePorts(2)) as [number, number];
  return startProcess(scope, program, programPath(program), ['--watch-all-namespaces', '--log-level=info', `--metrics-addr=127.0.0.1:${metrics}`, `--health-addr=127.0.0.1:${health}`, ...parameters], {
    folder,
    env: { KUBECONFIG: kubeconfig, RUNTIME_NAMESPACE: 'flux-system' },
    isReady: () => answers(`http://127.0.0.1:${health}/readyz`),
  });
}
