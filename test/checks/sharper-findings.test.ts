import { testWith } from '../tools';
import { bootstrapped, checkTree, kustomization, object } from './check-tree';

const shop = (files: Readonly<Record<string, string>>, spec = '') => ({ ...bootstrapped('clusters/prod'), 'clusters/prod/shop.yaml': kustomization('shop', './shop', spec), ...files });

testWith('kustomize', 'what cannot be built is told once, by the rule that knows why', async (kustomize) => {
  const rulesOf = async (files: Readonly<Record<string, string>>) => (await checkTree(shop(files), { kustomize })).map(({ file, line, rule }) => `${file}:${line} ${rule}`);

  expect(await rulesOf({ 'shop/kustomization.yaml': 'kind: Kustomization\nresources:\n  - web.yaml\n' })).toEqual(['shop/kustomization.yaml:3 file-missing']);
  expect(await rulesOf({ 'shop/kustomization.yaml': 'kind: Kustomization\nresources:\n  - web.yaml\ncomponents:\n  - debug\n', 'shop/web.yaml': object('ConfigMap', 'web', 'default') })).toEqual(['shop/kustomization.yaml:5 file-missing']);
  expect(await rulesOf({ 'shop/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web\n' })).toEqual(['shop/web.yaml:4 yaml-invalid']);
  expect(await rulesOf({ 'shop/kustomization.yaml': 'kind: Kustomization\nresources: web.yaml\n', 'shop/web.yaml': object('ConfigMap', 'web', 'default') })).toContain('clusters/prod/shop.yaml:8 kustomize-build-failed');
});

testWith('kustomize', 'a value of the wrong type is told once where a variable has made it so', async (kustomize) => {
  const findings = await checkTree(shop({ 'shop/web.yaml': `${object('ConfigMap', 'web', 'default')}  labels:\n    version: "\${VERSION}"\n` }, 'postBuild:\n  substitute:\n    VERSION: "1.20"'), { kustomize });

  expect(findings.map(({ rule, line }) => `${rule}:${line}`)).toEqual(['variable-changes-type:7']);
});

testWith('kustomize', 'a variable without a value is told once, and not what an object lacks without it', async (kustomize) => {
  const named = (suffix: string): string => object('ConfigMap', `"\${APP}${suffix}"`, 'default');
  const findings = await checkTree(shop({ 'shop/one.yaml': named(''), 'shop/other.yaml': named('-more') }, 'postBuild:\n  substitute:\n    REGION: eu'), { kustomize });

  expect(findings.map(({ rule, file }) => `${rule} ${file}`)).toEqual(['variable-unused clusters/prod/shop.yaml', 'variable-unset shop/one.yaml']);
});

test('a file that should be encrypted, and a variable that cannot be named so, are told once', async () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n  namespace: default\nstringData:\n  password: correct-horse\n';

  const findings = await checkTree(shop({ '.sops.yaml': 'creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    age: age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg\n', 'shop/web.enc.yaml': secret }, 'postBuild:\n  substitute:\n    APP-NAME: web'));

  expect(findings.map(({ rule }) => rule)).toEqual(['variable-name-invalid', 'not-encrypted']);
});
