import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Directory, GitopsApp, k8s, type UserError } from 'fluxwright';
import { definitions, type Definitions } from '../../platforms/jore4/definitions';
import { stageDifferences } from '../../platforms/jore4/differences';
import { kindStage } from '../../platforms/jore4/kind';
import { override, type Overrides } from '../../platforms/jore4/overrides';
import { jore4, localCluster } from '../../platforms/jore4/platform';
import { stages, type AksStageName, type KindStage } from '../../platforms/jore4/stages';
import type { Tree } from '../../src/tree/tree';
import { folderWith } from '../folders';
import { describeWith } from '../tools';
import { buildFailures, filesThatDiffer, parity, rootsOf, textsIn } from './committed-tree';

const root = join(__dirname, '../../platforms/jore4');
const project = join(__dirname, '../..');
const aksStages = (Object.keys(stages) as (keyof typeof stages)[]).filter((name): name is AksStageName => stages[name].cluster === 'aks');

test('writes the committed tree, and the same again', () => {
  const tree = platform();

  expect(filesThatDiffer(tree, root)).toEqual([]);
  expect(textsIn(platform())).toEqual(textsIn(tree));
});

describe('stages differ only where the model says so', () => {
  test('prod has its own site and larger limits, and is dev otherwise', () => {
    expect(report(platform(), 'dev', 'prod')).toMatchInlineSnapshot(`
[
  "ConfigMap/jore4-auth-env data.LOGINPAGE_URL: https://dev.jore.hsl.fi → https://jore.hsl.fi (host)",
  "ConfigMap/jore4-auth-env data.LOGOUTPAGE_URL: https://dev.jore.hsl.fi → https://jore.hsl.fi (host)",
  "ConfigMap/jore4-auth-env data.SELF_PUBLIC_BASE_URL: https://dev.jore.hsl.fi → https://jore.hsl.fi (host)",
  "ConfigMap/jore4-jore3importer-env data.MAP_MATCHING_API_BASEURL: https://dev.jore.hsl.fi/api/mapmatching → https://jore.hsl.fi/api/mapmatching (host)",
  "GitRepository/flux-repo spec.ref.branch: dev → prod (branch)",
  "Ingress/jore4-ingress metadata.annotations.appgw.ingress.kubernetes.io/appgw-ssl-certificate: hsl-jore4-dev-cert → hsl-jore4-prod-cert (certificate)",
  "Ingress/jore4-ingress spec.rules.0.host: dev.jore.hsl.fi → jore.hsl.fi (host)",
  "Kustomization/flux-system-sync spec.path: ./clusters/dev → ./clusters/prod (directory)",
  "LimitRange/cpu-limit-range spec.limits.0.default.cpu: 1 → 2 (limits.cpu.default)",
  "LimitRange/mem-limit-range spec.limits.0.default.memory: 512Mi → 1024Mi (limits.memory.default)",
  "LimitRange/mem-limit-range spec.limits.0.defaultRequest.memory: 256Mi → 512Mi (limits.memory.defaultRequest)",
  "SecretProviderClass/jore4-auth-secret-mapping spec.parameters.keyvaultName: hsl-jore4-dev-vault → hsl-jore4-prod-vault (keyVault)",
  "SecretProviderClass/jore4-hasura-secret-mapping spec.parameters.keyvaultName: hsl-jore4-dev-vault → hsl-jore4-prod-vault (keyVault)",
  "SecretProviderClass/jore4-jore3importer-secret-mapping spec.parameters.keyvaultName: hsl-jore4-dev-vault → hsl-jore4-prod-vault (keyVault)",
  "SecretProviderClass/jore4-mapmatching-secret-mapping spec.parameters.keyvaultName: hsl-jore4-dev-vault → hsl-jore4-prod-vault (keyVault)",
  "SecretProviderClass/jore4-mapmatchingdb-secret-mapping spec.parameters.keyvaultName: hsl-jore4-dev-vault → hsl-jore4-prod-vault (keyVault)",
]
`);
  });

  const others = aksStages.filter((name) => name !== 'dev' && name !== 'prod');

  test.each(others)('%s differs from dev in nothing that nobody declared', (name) => {
    const lines = report(platform(), 'dev', name);

    expect(lines.filter((line) => line.includes('NOBODY'))).toEqual([]);
    expect(lines).toContain(`GitRepository/flux-repo spec.ref.branch: dev → ${name} (branch)`);
  });

  test('and a difference that nobody declared is found: a value, an object, a word that only looks like the stage\'s name', () => {
    const tree = platform((app) => {
      const prod = app.node.findChild('prod').node.findChild('stage') as Directory;
      new k8s.KubeConfigMap(prod, 'extra', { metadata: { name: 'extra' }, data: { provider: 'https://hslid-prod.t5.fi' } });
      const dev = app.node.findChild('dev').node.findChild('stage') as Directory;
      new k8s.KubeConfigMap(dev, 'extra', { metadata: { name: 'extra' }, data: { provider: 'https://hslid-dev.t5.fi', more: 'true' } });
    });

    expect(report(tree, 'dev', 'prod').filter((line) => line.includes('NOBODY'))).toMatchInlineSnapshot(`
[
  "ConfigMap/extra data.more: true → undefined (NOBODY declared it)",
  "ConfigMap/extra data.provider: https://hslid-dev.t5.fi → https://hslid-prod.t5.fi (NOBODY declared it)",
]
`);
  });
});

describe('an override', () => {
  const model = definitions('https://example.com');

  test('lies over the definitions at any depth, and leaves the rest', () => {
    const prod = override(model, { services: { hasura: { replicas: 2, env: { HASURA_GRAPHQL_ENABLE_CONSOLE: 'true' } } } }, 'prod');

    expect(prod.services.hasura.replicas).toBe(2);
    expect(prod.services.hasura.env).toEqual({ ...model.services.hasura.env, HASURA_GRAPHQL_ENABLE_CONSOLE: 'true' });
    expect({ ...prod, services: { ...prod.services, hasura: model.services.hasura } }).toEqual(model);
  });

  test('of something that no stage has does not compile, however deep', () => {
    const wrong: Overrides<Definitions>[] = [
      // @ts-expect-error no such service
      { services: { billing: { replicas: 2 } } },
      // @ts-expect-error no such field
      { services: { ui: { replica: 2 } } },
      // @ts-expect-error no such variable
      { services: { hasura: { env: { HASURA_GRAPHQL_CONSOLE: 'true' } } } },
      // @ts-expect-error a service without variables has none to override
      { services: { ui: { env: { COLOR: 'blue' } } } },
      // @ts-expect-error not a string
      { limits: { cpu: { default: 2 } } },
    ];

    expect(wrong.slice(0, 4).map((overrides) => messageOf(() => override(model, overrides, 'prod')))).toMatchInlineSnapshot(`
[
  "stage "prod" overrides services.billing, which the definitions do not have
  fix: define it for all stages first, in definitions.ts, or name one of ui, hasura, auth, mbtiles, mapmatching, mapmatchingdb, jore3importer",
  "stage "prod" overrides services.ui.replica, which the definitions do not have
  fix: define it for all stages first, in definitions.ts, or name one of probe, route, memoryLimit, replicas, env, secrets, image, port",
  "stage "prod" overrides services.hasura.env.HASURA_GRAPHQL_CONSOLE, which the definitions do not have
  fix: define it for all stages first, in definitions.ts, or name one of HASURA_GRAPHQL_MIGRATIONS_DIR, HASURA_GRAPHQL_METADATA_DIR, HASURA_GRAPHQL_ENABLE_CONSOLE, HASURA_GRAPHQL_ENABLE_TELEMETRY, HASURA_GRAPHQL_MIGRATIONS_SERVER_TIMEOUT, HASURA_GRAPHQL_AUTH_HOOK, HASURA_GRAPHQL_AUTH_HOOK_MODE",
  "stage "prod" overrides services.ui.env.COLOR, which the definitions do not have
  fix: define it for all stages first, in definitions.ts",
]
`);
  });
});

describe('the stage for end-to-end tests', () => {
  test('has a value for each secret, or says which service lacks which', () => {
    const { 'hsl-jore4-hasura-admin-secret': _, ...secrets } = stages.e2e.secrets;

    // @ts-expect-error a secret that some service reads
    const stage: KindStage = { ...stages.e2e, secrets };

    expect(messageOf(() => kindStage(emptyApp(), 'e2e', stage))).toMatchInlineSnapshot(`
"e2e/jore4-hasura reads hsl-jore4-hasura-admin-secret, and this stage has no such secrets
  fix: give them values in "secrets" of the stage"
`);
  });

  test('has ports of services that it has', () => {
    const ports = { postgres: { node: 30432, machine: 3002 } };

    expect(messageOf(() => kindStage(emptyApp(), 'e2e', { ...stages.e2e, ports }))).toMatchInlineSnapshot(`
"stage "e2e" has ports for postgres, and no such services
  fix: name one of ui, hasura, auth, mbtiles, mapmatching, mapmatchingdb, jore3importer, testdb, mssqltestdb"
`);
  });

  test('mounts one secret under several names', () => {
    expect(textsIn(platform())['clusters/e2e/jore4-jore3importer.yaml']).toContain(`data:
  source-db-database: jore3testdb
  source-db-hostname: jore4-mssqltestdb
  source-db-password: P@ssw0rd
  source-db-port: "1433"
  source-db-username: sa
  importer-db-password: importerpassword
  jore4-db-password: importerpassword
`);
  });

  test('runs the images of all stages, but for those that a local cluster tries', () => {
    const app = emptyApp();
    localCluster(app, { ui: 'hsldevcom/jore4-ui:mine' });
    const tried = imagesIn(app.toTree(), 'e2e');

    expect(imagesIn(platform(), 'e2e')).toEqual(expect.objectContaining(imagesIn(platform(), 'prod')));
    expect(tried).toEqual({ ...imagesIn(platform(), 'e2e'), 'jore4-ui': 'hsldevcom/jore4-ui:mine' });
  });

  test('takes those images from the environment, and never writes them into the committed tree', () => {
    const folder = folderWith();
    const run = (target: string, variables: Readonly<Record<string, string>>) => spawnSync(process.execPath, ['--conditions=fluxwright-source', '-r', 'tsx/cjs', join(root, 'local.ts'), target], { cwd: project, encoding: 'utf8', env: { ...process.env, JEST_WORKER_ID: undefined, ...variables } });
    const images = { UI_DOCKER_IMAGE: 'ui:mine', HASURA_DOCKER_IMAGE: 'hasura:mine', AUTH_DOCKER_IMAGE: '' };

    const local = run(join(folder, 'e2e'), images);
    const committed = run(root, images);

    expect(local.stderr).toContain('14 created');
    expect(spawnSync('grep', ['-rho', 'image: .*:mine', folder], { encoding: 'utf8' }).stdout.trim().split('\n').sort()).toEqual(['image: hasura:mine', 'image: ui:mine']);
    expect(committed.status).toBe(2);
    expect(committed.stderr).toContain('where a file lies that jore4 generated');
    expect(existsSync(join(root, '.fluxwright.jore4-local.sha256'))).toBe(false);
  });

  test('starts Kind with the UI at 3300 and the database at 3002', () => {
    expect(textsIn(platform())['clusters/e2e/kind-cluster.yaml']).toBe(`kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    labels:
      ingress-ready: "true"
    extraPortMappings:
      - containerPort: 80
        hostPort: 3300
        protocol: TCP
      - containerPort: 30432
        hostPort: 3002
        protocol: TCP
`);
  });

  test('needs nothing of Flux or Azure', () => {
    const texts = Object.entries(textsIn(platform())).filter(([path]) => path.startsWith('clusters/e2e/')).map(([, text]) => text.replace(/^#.*\n/, ''));

    expect(texts.filter((text) => /fluxcd|secrets-store\.csi|appgw|azure\//.test(text))).toEqual([]);
    expect(texts.length).toBe(14);
  });
});

describeWith('kustomize', 'built by kustomize', (kustomize) => {
  test('every stage builds', () => {
    const roots = rootsOf(platform());

    expect(roots).toEqual(['clusters/dev', 'clusters/e2e', 'clusters/playg', 'clusters/prod', 'clusters/test']);
    expect(buildFailures(kustomize, root, roots)).toEqual([]);
  });

  describeWith('shared', 'beside the original', (shared) => {
    describeWith('python', 'with Python', (python) => {
      test('renders all 4 roots exactly as the original does', () => {
        const said = parity('jore4', folderWith(), { shared, kustomize, python, gold: 'jore4-flux', options: ['--skip', '^generate'] });

        expect(said).toBe('roots the same: 4 of 4; objects: same 124, different 0, missing 0, extra 0');
      });
    });
  });
});

function emptyApp(): GitopsApp {
  return new GitopsApp({ name: 'jore4', directory: '', root });
}

function platform(change?: (app: GitopsApp) => void): Tree {
  const app = emptyApp();
  jore4(app);
  change?.(app);
  return app.toTree();
}

function report(tree: Tree, reference: AksStageName, name: AksStageName): string[] {
  return stageDifferences(tree, reference, name).map(({ field, before, after, declaredBy }) => `${field}: ${before as string} → ${after as string} (${declaredBy ?? 'NOBODY declared it'})`);
}

function imagesIn(tree: Tree, stage: string): Record<string, string> {
  const texts = Object.entries(textsIn(tree)).filter(([path]) => path.startsWith(`clusters/${stage}/`));
  return Object.fromEntries(texts.flatMap(([, text]) => [...text.matchAll(/name: (\S+)-image\n +image: (\S+)/g)].map(([, name, image]) => [name, image])));
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as UserError).message;
  }
  return 'nothing was thrown';
}
