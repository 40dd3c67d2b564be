import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GitopsApp, type UserError } from 'fluxwright';
import { parseAllDocuments } from 'yaml';
import { EksEnvironment } from '../../platforms/eks/environment';
import type { EksEnvironmentProps } from '../../platforms/eks/environment-props';
import { eks } from '../../platforms/eks/platform';
import { bootstrapCommands, dnsChecklist, encryptedFiles, waves } from '../../platforms/eks/runbook';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { buildFailures, filesThatDiffer, rootsOf, textsIn } from './committed-tree';

const root = join(__dirname, '../../platforms/eks');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly type?: string;
  readonly spec?: unknown;
}

test('writes the committed tree, and the same again', () => {
  const tree = platform().toTree();

  expect(filesThatDiffer(tree, root)).toEqual([]);
  expect(textsIn(platform().toTree())).toEqual(textsIn(tree));
});

describe('a new environment', () => {
  test('is one call: it adds files of its own, and changes none', () => {
    const before = textsIn(platform().toTree());

    const after = textsIn(withQa().toTree());

    const added = Object.keys(after).filter((path) => !(path in before));
    expect(Object.keys(before).filter((path) => after[path] !== before[path])).toEqual([]);
    expect(`${[...added, ...qaSecrets()].sort().join('\n')}\n`).toBe(blockOf(readme, 'text'));
    expect(blockOf(readme, 'diff')).toContain(Object.entries(qa).map(([name, value]) => `+    ${name}: ${asWritten(value)},\n`).join(''));
  });

  test('differs from the others by what the call says, and by nothing else', () => {
    const texts = textsIn(withQa().toTree());
    const filesOf = (name: string): string[] => {
      const { domain, loadBalancer, searchEndpoint, key } = propsOf(name);
      const values = [loadBalancer.dnsName, searchEndpoint, (key as { age: string }).age, domain];
      const own = Object.entries(texts).filter(([path]) => path.startsWith(`clusters/${name}/`)).map(([path, text]) => `${path}\n${text}`);
      const said = own.map((text) => values.reduce((written, value) => written.replaceAll(value, '…'), text).replace(new RegExp(`(?<![a-z])${name}(?![a-z])`, 'g'), '…'));
      return said.map((text) => text.split('\n').sort().join('\n')).sort();
    };

    expect(filesOf('qa')).toEqual(filesOf('dev'));
    expect(filesOf('staging')).toEqual(filesOf('dev'));
  });

  test('says which secrets it lacks, and how to make them', () => {
    const app = platform();
    new EksEnvironment(app, 'qa', qa);

    const message = messageOf(() => app.toTree());

    expect(message.split('\n').filter((line) => line.startsWith('  fix')).sort().join('\n')).toMatchInlineSnapshot(`
"  fix: create it with: sops --age 'age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg' --encrypted-regex '^(data|stringData)$' clusters/qa/docker-hub/docker-hub.enc.yaml
  fix: create it with: sops --age 'age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg' --encrypted-regex '^(data|stringData)$' clusters/qa/monitoring/grafana-admin.enc.yaml
  fix: create it with: sops --age 'age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg' --encrypted-regex '^(data|stringData)$' clusters/qa/qa/mongodb.enc.yaml
  fix: create it with: sops --age 'age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg' clusters/qa/qa/hydra/hydra.enc.env"
`);
    for (const line of message.split('\n').filter((text) => text.startsWith('  fix'))) expect(readme).toContain(line.replace('  fix: create it with: ', '').replace(/age1\w+/, 'age1…'));
  });
});

describe('bad input', () => {
  test.each<[string, string, Partial<EksEnvironmentProps>, string, string]>([
    ['a name twice', 'dev', {}, 'is there already', 'give each environment a name of its own'],
    ['a name that is no DNS label', 'QA_1', {}, 'has a name that no namespace can have', 'use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit'],
    ['a name that every environment has', 'monitoring', {}, 'is named like a namespace, a Kustomization or a directory that every environment has', 'choose a name of its own, such as "dev"'],
    ['a name that is Kubernetes\' own', 'kube-system', {}, 'is named like a namespace, a Kustomization or a directory that every environment has', 'choose a name of its own, such as "dev"'],
    ['a domain that is none', 'qa', { domain: 'qa_example' }, 'has the domain "qa_example", which is no host name', 'write lower-case labels with dots between them, such as "dev.example.io"'],
    ['a domain that is taken', 'qa', { domain: 'dev.example.io' }, 'has the domain "dev.example.io", which is that of dev', 'give each environment a domain of its own'],
    ['a host that is none', 'qa', { hosts: { grafana: 'https://qa.example.io' } }, 'has hosts.grafana "https://qa.example.io", which is no host name', 'put one label before the domain, such as "grafana.qa.example.io"'],
    ['a host that the certificate does not cover', 'qa', { hosts: { hydra: 'oauth.in.qa.example.io' } }, 'has hosts.hydra "oauth.in.qa.example.io", which the certificate for *.qa.example.io does not cover', 'put one label before the domain, such as "hydra.qa.example.io"'],
    ['one host for two', 'qa', { hosts: { identity: 'hydra.qa.example.io' } }, 'has hosts.identity "hydra.qa.example.io", which another of its hosts is, too', 'give each host a name of its own'],
  ])('%s', (_, name, props, problem, fix) => {
    const declare = () => new EksEnvironment(platform(), name, { ...qa, ...props });

    expect(messageOf(declare)).toBe(`EksEnvironment "${name}" ${problem}\n  fix: ${fix}`);
  });

  test('a name of whatever every environment has is taken', () => {
    const [dev] = EksEnvironment.in(platform());
    const taken = new Set([...dev!.namespaces.map(({ namespaceName }) => namespaceName), ...dev!.kustomizations.map(({ name }) => name), 'docker-hub'].filter((name) => name !== 'dev'));

    const accepted = [...taken].filter((name) => !messageOf(() => new EksEnvironment(platform(), name, qa)).includes('every environment has'));

    expect(accepted).toEqual([]);
  });

  test('several mistakes are told at once', () => {
    const declare = () => new EksEnvironment(platform(), 'QA', { ...qa, hosts: { hydra: 'Hydra.qa.example.io' } });

    expect(messageOf(declare)).toBe(`EksEnvironment "QA" has a name that no namespace can have
  fix: use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit
EksEnvironment "QA" has hosts.hydra "Hydra.qa.example.io", which is no host name
  fix: put one label before the domain, such as "hydra.qa.example.io"`);
  });
});

describe('secrets', () => {
  test('are really encrypted, for the environment\'s key alone', () => {
    const environments = EksEnvironment.in(platform());

    expect(environments.map((environment) => encryptedFiles(environment))).toEqual([
      ['dev/hydra/hydra.enc.env', 'dev/mongodb.enc.yaml', 'docker-hub/docker-hub.enc.yaml', 'monitoring/grafana-admin.enc.yaml'],
      ['docker-hub/docker-hub.enc.yaml', 'monitoring/grafana-admin.enc.yaml', 'staging/hydra/hydra.enc.env', 'staging/mongodb.enc.yaml'],
    ]);
    for (const environment of environments) {
      for (const file of encryptedFiles(environment)) {
        const text = readFileSync(join(root, environment.directory, file), 'utf8');
        expect(text).not.toContain('placeholder');
        expect([...text.matchAll(/age1\w+/g)].map(([recipient]) => recipient)).toEqual([(environment.props.key as { age: string }).age]);
      }
    }
  });

  test('that can be read stop synthesis', () => {
    const path = 'clusters/dev/docker-hub/docker-hub.enc.yaml';
    const files = { ...committedSecrets(), [path]: committedSecrets()[path]!.replace(/dockerconfigjson: ENC.*/, 'dockerconfigjson: e30=') };

    expect(messageOf(() => platform(folderWith(files)).toTree())).toBe(`${path}:7 has data..dockerconfigjson in plaintext
  fix: take the value out, add it again with "sops ${path}", and change the secret where it is used: it was readable`);
  });

  test('are for a key of AWS KMS where the environment names one, which the kustomize-controller uses by its role', () => {
    const arn = 'arn:aws:kms:us-east-2:773713188930:key/11111111-2222-3333-4444-555555555555';
    const role = 'arn:aws:iam::773713188930:role/flux-decrypts';
    const files = Object.fromEntries(Object.entries(committedSecrets()).map(([path, text]) => [path.replace('clusters/dev/dev/', 'clusters/qa/qa/').replace('clusters/dev/', 'clusters/qa/'), forKms(text, arn)]));
    const app = new GitopsApp({ name: 'eks', directory: '', root: folderWith(files) });
    const environment = new EksEnvironment(app, 'qa', { ...qa, key: { awsKms: arn, role } });

    const texts = textsIn(app.toTree());

    expect(texts['clusters/qa/.sops.yaml']).toBe(`# Generated by fluxwright (eks) as clusters/qa/.sops.yaml. Change the constructs, not this file.
creation_rules:
  - path_regex: \\.enc\\.env$
    kms: ${arn}
  - path_regex: \\.enc\\.yaml$
    encrypted_regex: ^(data|stringData)$
    kms: ${arn}
`);
    expect(texts['clusters/qa/logging/sync.yaml']).toContain('  decryption:\n    provider: sops\n---');
    expect(texts['clusters/qa/flux-system/decrypt-with-kms.yaml']).toContain(`eks.amazonaws.com/role-arn: ${role}`);
    expect(bootstrapCommands(environment)).toContain(`--key-id ${arn} --grantee-principal ${role}`);
  });
});

describe('the README', () => {
  test('shows what the model says has to be done in AWS, for every environment', () => {
    for (const environment of EksEnvironment.in(platform())) expect(readme).toContain(dnsChecklist(environment));
  });

  test('shows how a cluster is brought under Flux, in the order of the model', () => {
    const [dev] = EksEnvironment.in(platform());

    expect(readme).toContain(bootstrapCommands(dev!));
    expect(waves(dev!)).toEqual([
      ['flux-system-credentials', 'default', 'kube-ingress', 'monitoring', 'observability', 'dev', 'test'],
      ['logging', 'jaeger', 'hydra'],
    ]);
  });
});

describeWith('kustomize', 'built by kustomize', (kustomize) => {
  const built = (path: string): KubernetesObject[] => {
    const { stdout } = spawnSync(kustomize, ['build', '--load-restrictor', 'LoadRestrictionsNone', join(root, path)], { encoding: 'utf8' });
    return parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
  };
  /** What Flux applies: the paths of its Kustomizations. */
  const applied = (name: string): KubernetesObject[] => EksEnvironment.in(platform()).find(({ node }) => node.id === name)!.kustomizations.flatMap(({ appliedPaths }) => appliedPaths.flatMap(built));

  test('every root builds', () => {
    const roots = rootsOf(platform().toTree());

    expect(roots.length).toBe(27);
    expect(buildFailures(kustomize, root, roots)).toEqual([]);
  });

  test('has all that the document describes, in the namespaces that it names', () => {
    expect(applied('staging').map(({ kind, metadata: { name, namespace } }) => [namespace, kind, name].filter(Boolean).join('/')).sort().join('\n')).toMatchInlineSnapshot(`
"ClusterRole/nginx-ingress-controller
ClusterRoleBinding/nginx-ingress-controller
IngressClass/nginx
Namespace/kube-ingress
Namespace/logging
Namespace/monitoring
Namespace/observability
Namespace/staging
Namespace/test
PriorityClass/high-priority
default/Role/k8s-developer-role-default
default/RoleBinding/k8s-developer-rolebinding-default
default/Secret/docker-hub
flux-system/Secret/docker-hub
kube-ingress/ConfigMap/ingress-nginx
kube-ingress/Deployment/ingress-nginx
kube-ingress/Deployment/nginx-default-backend
kube-ingress/Role/nginx-ingress-controller
kube-ingress/RoleBinding/nginx-ingress-controller
kube-ingress/Service/ingress-nginx
kube-ingress/Service/nginx-default-backend
kube-ingress/ServiceAccount/nginx-ingress-controller
logging/HelmRelease/fluentd
logging/Secret/docker-hub
monitoring/HelmRelease/prometheus-operator
monitoring/Role/k8s-developer-role-monitoring
monitoring/RoleBinding/k8s-developer-rolebinding-monitoring
monitoring/Secret/docker-hub
monitoring/Secret/grafana-admin
observability/HelmRelease/opentelemetry-operator
observability/OpenTelemetryCollector/jaeger
staging/ConfigMap/hydra-9dk58mc87h
staging/Deployment/hydra
staging/Ingress/hydra
staging/Role/k8s-developer-role
staging/RoleBinding/k8s-developer-rolebinding
staging/Secret/hydra-8t82kdhmb2
staging/Secret/mongodb
staging/Service/hydra
test/Deployment/cdc-toolbox
test/Secret/docker-hub"
`);
  });

  test('has every kind at a version that Kubernetes 1.34 serves', () => {
    const kinds = new Set([...built('clusters/dev/flux-system'), ...applied('dev')].map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));

    const builtIn = [...kinds].filter((kind) => !/^\S+\.(fluxcd|opentelemetry)\.io\//.test(kind) && !kind.startsWith('opentelemetry.io/'));
    expect(builtIn.filter((kind) => !SERVED_BY_1_34.includes(kind))).toEqual([]);
    expect([...kinds].filter((kind) => !builtIn.includes(kind)).sort()).toEqual([
      'helm.toolkit.fluxcd.io/v2 HelmRelease',
      'kustomize.toolkit.fluxcd.io/v1 Kustomization',
      'opentelemetry.io/v1beta1 OpenTelemetryCollector',
      'source.toolkit.fluxcd.io/v1 GitRepository',
      'source.toolkit.fluxcd.io/v1 HelmRepository',
    ]);
  });

  test('gives the pull secret to each namespace that pulls, encrypted as it lies in its one file', () => {
    const secrets = applied('dev').filter(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'docker-hub');

    expect(secrets.map(({ metadata }) => metadata.namespace)).toEqual(['flux-system', 'default', 'monitoring', 'logging', 'test']);
    expect(new Set(secrets.map(({ type }) => type))).toEqual(new Set(['kubernetes.io/dockerconfigjson']));
    for (const secret of secrets) expect(secret).toMatchObject({ data: { '.dockerconfigjson': expect.stringMatching(/^ENC\[/) }, sops: { mac: expect.any(String) } });
  });

  test('is reached at ports 30080 and 30443 of every node, with no load balancer of its own', () => {
    const service = built('clusters/dev/kube-ingress').find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'ingress-nginx');

    expect(service?.spec).toMatchObject({ type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }, { port: 443, nodePort: 30443 }] });
  });

  test('restarts Hydra with a change of its settings or secrets, whose names it follows', () => {
    const objects = built('clusters/dev/dev/hydra');
    const nameOf = (kind: string) => objects.find((object) => object.kind === kind)!.metadata.name;

    const deployment = objects.find(({ kind }) => kind === 'Deployment');

    expect([nameOf('Secret'), nameOf('ConfigMap')]).toEqual([expect.stringMatching(/^hydra-\w{10}$/), expect.stringMatching(/^hydra-\w{10}$/)]);
    const secret = (name: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: nameOf('Secret'), key } } });
    const env = [secret('DSN', 'DATABASE_URL'), secret('SECRETS_SYSTEM', 'SYSTEM_SECRET'), secret('OIDC_SUBJECT_IDENTIFIERS_PAIRWISE_SALT', 'OIDC_SUBJECT_TYPE_PAIRWISE_SALT')];
    expect(deployment?.spec).toMatchObject({ template: { spec: { initContainers: [{ env }], containers: [{ env, envFrom: [{ configMapRef: { name: nameOf('ConfigMap') } }] }] } } });
  });

  test('answers for hosts that the checklist names', () => {
    const objects = applied('dev');

    const hosts = ['hydra.dev.example.io', 'grafana.dev.example.io'];
    expect(objects.find(({ kind }) => kind === 'Ingress')?.spec).toMatchObject({ ingressClassName: 'nginx', rules: [{ host: hosts[0] }] });
    expect(objects.find(({ metadata }) => metadata.name === 'prometheus-operator')?.spec).toMatchObject({ values: { grafana: { ingress: { ingressClassName: 'nginx', hosts: [hosts[1]] } } } });
    for (const host of hosts) expect(readme).toContain(`\`${host}\``);
  });

  test('pins every chart and every image', () => {
    const objects = applied('dev');
    const charts = objects.filter(({ kind }) => kind === 'HelmRelease').map(({ spec }) => (spec as { chart: { spec: { chart: string; version: string } } }).chart.spec).map(({ chart, version }) => `${chart} ${version}`);
    const images = [...JSON.stringify(objects).matchAll(/"image":"([^"]+)"/g)].map((match) => match[1]!);

    expect(charts).toEqual(['kube-prometheus-stack 88.1.3', 'fluentd 0.5.3', 'opentelemetry-operator 0.123.1']);
    expect(images.filter((image) => !/:v?\d+\.\d+(\.\d+)?$/.test(image))).toEqual([]);
    expect(images.length).toBe(6);
  });

  describeWith('shared', 'beside the CRDs', (shared) => {
    test('has Flux objects that the CRDs of Flux 2.9 take as they are', () => {
      const crds = parseAllDocuments(readFileSync(join(shared, 'crds/flux-2.9.yaml'), 'utf8')).map((document) => document.toJS() as CustomResourceDefinition | null);
      const schemas = new Map<string, Schema>(crds.flatMap((crd) => crd?.spec.versions.filter(({ served }) => served).map(({ name, schema }) => [`${crd.spec.group}/${name} ${crd.spec.names.kind}`, schema.openAPIV3Schema] as const) ?? []));

      const flux = [...built('clusters/dev/flux-system'), ...applied('dev')].filter(({ apiVersion }) => apiVersion.includes('.toolkit.fluxcd.io/'));

      expect(flux.length).toBe(18);
      expect(flux.flatMap((object) => problemsWith(object, schemas.get(`${object.apiVersion} ${object.kind}`), `${object.kind} ${object.metadata.name}`))).toEqual([]);
      expect(problemsWith({ ...flux[0], spec: { interval: 5, paths: './' } }, schemas.get('kustomize.toolkit.fluxcd.io/v1 Kustomization'), 'it')).toEqual([
        'it.spec has no prune', 'it.spec has no sourceRef', 'it.spec.interval is no string', 'it.spec.paths is unknown',
      ]);
    });
  });
});

interface CustomResourceDefinition {
  readonly spec: { readonly group: string; readonly names: { readonly kind: string }; readonly versions: readonly { readonly name: string; readonly served: boolean; readonly schema: { readonly openAPIV3Schema: Schema } }[] };
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
}

/** What an API server would object to: fields that are unknown or missing, other types, values that are not of a list or a form. */
function problemsWith(value: unknown, schema: Schema | undefined, path: string): string[] {
  if (schema === undefined) return [`${path} is unknown`];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { properties, additionalProperties, required = [] } = schema;
    const missing = required.filter((name) => !(name in value)).map((name) => `${path} has no ${name}`);
    if (properties === undefined && additionalProperties === undefined) return missing;
    return [...missing, ...Object.entries(value).flatMap(([name, item]) => problemsWith(item, properties?.[name] ?? additionalProperties, `${path}.${name}`))];
  }
  if (Array.isArray(value)) return schema.type === 'array' ? value.flatMap((item, index) => problemsWith(item, schema.items, `${path}[${index}]`)) : [`${path} is no ${schema.type}`];
  const type = typeof value === 'number' ? ['number', 'integer'] : [typeof value];
  if (schema.type !== undefined && !type.includes(schema.type)) return [`${path} is no ${schema.type}`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${path} is none of ${schema.enum.join(', ')}`];
  return schema.pattern !== undefined && !new RegExp(schema.pattern).test(String(value)) ? [`${path} does not match ${schema.pattern}`] : [];
}

/** Of the built-in kinds, those that an API server of this release has at these versions. */
const SERVED_BY_1_34 = [
  'v1 ConfigMap', 'v1 Namespace', 'v1 Secret', 'v1 Service', 'v1 ServiceAccount', 'apps/v1 Deployment', 'networking.k8s.io/v1 Ingress', 'networking.k8s.io/v1 IngressClass',
  'rbac.authorization.k8s.io/v1 ClusterRole', 'rbac.authorization.k8s.io/v1 ClusterRoleBinding', 'rbac.authorization.k8s.io/v1 Role', 'rbac.authorization.k8s.io/v1 RoleBinding',
  'scheduling.k8s.io/v1 PriorityClass',
];

const qa: EksEnvironmentProps = {
  domain: 'qa.example.io',
  region: 'us-east-2',
  loadBalancer: { name: 'qa-eks', dnsName: 'qa-eks-1111111111.us-east-2.elb.amazonaws.com' },
  searchEndpoint: 'vpc-qa-logs-aaaabbbbccccdddd.us-east-2.es.amazonaws.com',
  developers: 'arn:aws:iam::111122223333:role/k8s-developer',
  key: { age: 'age12fhe3f9k69ft4lspk2cttfd2d4q7k5vzmuceykwue62zussddv4sp8zdsg' },
};

function platform(folder = root): GitopsApp {
  const app = new GitopsApp({ name: 'eks', directory: '', root: folder });
  eks(app);
  return app;
}

/** With a third environment, which has dev's secrets. */
function withQa(): GitopsApp {
  const secrets = committedSecrets();
  const dev = Object.entries(secrets).filter(([path]) => path.startsWith('clusters/dev/'));
  const app = platform(folderWith({ ...secrets, ...Object.fromEntries(dev.map(([path, text]) => [path.replace('/dev/dev/', '/qa/qa/').replace('/dev/', '/qa/'), text])) }));
  new EksEnvironment(app, 'qa', qa);
  return app;
}

function qaSecrets(): string[] {
  return encryptedFiles(EksEnvironment.in(withQa()).find(({ node }) => node.id === 'qa')!).map((file) => `clusters/qa/${file}`);
}

function propsOf(name: string): EksEnvironmentProps {
  return name === 'qa' ? qa : EksEnvironment.in(platform()).find(({ node }) => node.id === name)!.props;
}

function committedSecrets(): Record<string, string> {
  const paths = EksEnvironment.in(platform()).flatMap((environment) => encryptedFiles(environment).map((file) => `${environment.directory}/${file}`));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

/** The same file, as SOPS would name the key's owner if that were KMS; what is encrypted stays as it is. */
function forKms(text: string, arn: string): string {
  return text
    .replace(/ {4}age:\n[^]*?recipient: \S+\n/, `    kms:\n        - arn: ${arn}\n          created_at: "2026-01-01T00:00:00Z"\n          enc: AQICAHg=\n          aws_profile: ""\n`)
    .replace(/sops_age__list_0__map_enc=.*\nsops_age__list_0__map_recipient=.*\n/, `sops_kms__list_0__map_arn=${arn}\nsops_kms__list_0__map_enc=AQICAHg=\n`);
}

/** A prop as TypeScript; the README leaves out what no reader would compare. */
function asWritten(value: unknown): string {
  return typeof value === 'string' ? `'${value.replace(/^age1.*/, 'age1…')}'` : `{ ${Object.entries(value as object).map(([name, item]) => `${name}: ${asWritten(item)}`).join(', ')} }`;
}

/** The first fenced block of a language. */
function blockOf(page: string, language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? '';
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as UserError).message;
  }
  return 'nothing was thrown';
}
