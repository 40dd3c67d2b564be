import { homedir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../src/cli/commands/check';
import { call } from '../cli/call';
import { testWith } from '../tools';

const project = join(__dirname, '../..');

/** Renders stay from run to run; no release of others is in this cache, whatever the user has fetched. */
process.env['XDG_CACHE_HOME'] = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', 'test-renders');

/** What is left is worth knowing, and no more: schemas that nobody has published, a bot that pushes to a branch of its own. */
const NOTICES: Readonly<Record<string, readonly string[]>> = {
  '.': ['unknown-kind k8s/configconnector-operator-system/configconnector.yaml:2'],
  'platforms/eks': ['unknown-kind clusters/dev/observability/jaeger/jaeger.yaml:2'],
  'platforms/flux2-gitops': [
    'unknown-kind apps/base/dapr-calculator/appconfig.yaml:2',
    'push-branch-differs apps/staging/echo-mirror/image-update.yaml:28',
    'crd-not-ready infra/base/cert-manager/letsencrypt.yaml:2',
    'crd-not-ready system/base/istio-ingress/ingress-cert.yaml:2',
  ],
  'platforms/gitops-demo': [],
  'platforms/jore4': ['unknown-kind clusters/dev/jore4-auth.yaml:17'],
};

for (const [platform, notices] of Object.entries(NOTICES)) {
  testWith('kustomize', `check finds nothing to mend in ${platform}, as Flux would apply it`, async (kustomize) => {
    const { stdout, stderr, status } = await call(check, [join(project, platform), '--format', 'json'], project, { PATH: `${join(kustomize, '..')}:${process.env['PATH']}` });

    const { summary, findings } = JSON.parse(stdout) as { summary: { kustomizations: number }; findings: readonly { rule: string; severity: string; file: string; line: number; message: string }[] };
    expect(findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
    expect(findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`)).toEqual(notices);
    expect(summary.kustomizations).toBeGreaterThan(3);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
}
