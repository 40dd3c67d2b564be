/**
 * What checking objects against their schemas costs: objects for each second of CPU, and beside kubeconform on the same
 * files, if it is on PATH or in ~/.cache/fluxwright-real/bin. Run by bench/main.ts.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { childOf, type FieldNode } from '../src/schema/field-node';
import { SchemaSet } from '../src/schema/schema-set';

const project = resolve(__dirname, '..');

/** Objects such as a platform has, each with the fields that people set. */
export const typicalObjects: readonly Readonly<Record<string, unknown>>[] = [
  {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'web', labels: { app: 'web', tier: 'front' } },
    spec: {
      replicas: 2, selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' }, annotations: { 'prometheus.io/scrape': 'true' } },
        spec: {
          serviceAccountName: 'web', securityContext: { runAsNonRoot: true, fsGroup: 1000 },
          containers: [{
            name: 'web', image: 'registry.example.org/web:1.2.3', ports: [{ name: 'http', containerPort: 8080 }],
            env: [{ name: 'MODE', value: 'production' }, { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'web', key: 'password' } } }],
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5 },
            volumeMounts: [{ name: 'config', mountPath: '/etc/web' }],
          }],
          volumes: [{ name: 'config', configMap: { name: 'web' } }],
        },
      },
    },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'web' }, spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'web' }, data: { 'app.conf': 'listen 8080\nlog json\n', LEVEL: 'info' } },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'web', namespace: 'flux-system' },
    spec: { interval: '10m', path: './k8s/web', prune: true, wait: true, timeout: '5m', sourceRef: { kind: 'GitRepository', name: 'flux-system' }, dependsOn: [{ name: 'pg' }] },
  },
  {
    apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'pg', namespace: 'web' },
    spec: { instances: 3, imageName: 'ghcr.io/cloudnative-pg/postgresql:16.4', storage: { size: '10Gi', storageClass: 'fast' }, bootstrap: { initdb: { database: 'app', owner: 'app' } }, postgresql: { parameters: { max_connections: '200' } }, resources: { requests: { cpu: '1', memory: '1Gi' } } },
  },
];

/** Prints the figures. Of the files, what `npm run build` made is measured, as users have it. */
export function benchSchemas(): void {
  const { perSecond, first } = inMemory();
  console.log(`\nobjects against their schemas, in memory: ${Math.round(perSecond / 1000)},000 for each second of CPU; the first of each kind, with its schema: ${first.toFixed(0)} ms in all`);
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-schemas-'));
  try {
    const count = writeFiles(folder);
    const script = join(folder, 'check.js');
    writeFileSync(script, CHECK_FILES.replaceAll('PROJECT', project));
    console.log(`${count} files, read and checked: ${median(() => cpuOf('node', [script, join(folder, 'tree')])).toFixed(2)} s of CPU, ${median(() => cpuOf('node', [script, join(folder, 'tree'), 'read'])).toFixed(2)} of them to read`);
    const kubeconform = findKubeconform();
    if (kubeconform === undefined) return console.log('kubeconform is not here');
    writeKubeconformSchemas(join(folder, 'schemas'));
    const location = `${join(folder, 'schemas')}/{{.ResourceKind}}{{.KindSuffix}}.json`;
    console.log(`kubeconform: ${median(() => cpuOf(kubeconform, ['-n', '1', '-schema-location', location, join(folder, 'tree')])).toFixed(2)} s`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const CHECK_FILES = `
const { readFileSync, readdirSync } = require('node:fs');
const { readDocuments } = require('PROJECT/dist/src/yaml/read.js');
const { SchemaSet } = require('PROJECT/dist/src/schema/schema-set.js');
const [folder, only] = process.argv.slice(2);
const set = new SchemaSet();
for (const file of readdirSync(folder)) {
  for (const { object } of readDocuments(readFileSync(folder + '/' + file, 'utf8'), file).documents) {
    if (only !== 'read' && set.validate(object).length > 0) throw new Error(JSON.stringify(set.validate(object)));
  }
}
`;

function inMemory(): { perSecond: number; first: number } {
  const set = new SchemaSet();
  const beforeFirst = process.cpuUsage();
  for (const object of typicalObjects) if (set.validate(object).length > 0) throw new Error(JSON.stringify(set.validate(object)));
  const first = cpuSince(beforeFirst);
  const rounds = 40_000;
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) for (const object of typicalObjects) set.validate(object);
  return { perSecond: (rounds * typicalObjects.length * 1000) / cpuSince(before), first };
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const COPIES = 200;

/** Each object many times, as somebody's repository has them: a file an object. */
function writeFiles(folder: string): number {
  mkdirSync(join(folder, 'tree'));
  let count = 0;
  for (let copy = 0; copy < COPIES; copy++) {
    for (const object of typicalObjects) writeFileSync(join(folder, 'tree', `${count++}.yaml`), stringify({ ...object, metadata: { ...(object['metadata'] as object), namespace: `team-${copy}` } }));
  }
  return count;
}

/** Each kind as kubeconform wants it: one file with everything in it, in which no field may be unknown. */
function writeKubeconformSchemas(folder: string): void {
  mkdirSync(folder);
  for (const { apiVersion, kind } of typicalObjects as readonly { apiVersion: string; kind: string }[]) {
    const [version, group] = apiVersion.split('/').reverse() as [string, string?];
    const file = join(folder, `${[kind.toLowerCase(), ...(group === undefined ? [] : [group.split('.')[0]!]), version].join('-')}.json`);
    writeFileSync(file, JSON.stringify(standalone(new SchemaSet().find(apiVersion, kind)!.nodes[0]!)));
  }
}

function standalone(node: FieldNode): unknown {
  const { properties, additionalProperties, items } = node.schema;
  if (node.intOrString) return { oneOf: [{ type: 'string' }, { type: 'number' }] };
  return {
    ...(node.type === undefined ? {} : { type: node.nullable || node.builtIn ? [node.type, 'null'] : node.type }),
    ...(node.schema.enum === undefined ? {} : { enum: node.schema.enum }),
    ...(node.schema.pattern === undefined ? {} : { pattern: node.schema.pattern }),
    ...(node.required.length === 0 ? {} : { required: node.required }),
    ...(items === undefined ? {} : { items: standalone(node.items!) }),
    ...(properties === undefined ? {} : { properties: Object.fromEntries(Object.keys(properties).map((name) => [name, standalone(childOf(node, name)!)])) }),
    ...(typeof additionalProperties === 'object' ? { additionalProperties: standalone(node.values!) } : node.unknown === 'refused' ? { additionalProperties: false } : {}),
  };
}

function findKubeconform(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), '.cache/fluxwright-real/bin')];
  return folders.map((folder) => join(folder, 'kubeconform')).find((path) => existsSync(path));
}

/** User and system time of a program, in seconds, as the shell counts it. */
function cpuOf(command: string, parameters: readonly string[]): number {
  const { status, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null', command, ...parameters], { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  const [user, system] = stderr.trimEnd().split('\n').at(-1)!.split(' ').map(Number);
  return user! + system!;
}

function median(measure: () => number): number {
  return Array.from({ length: 5 }, measure).sort((a, b) => a - b)[2]!;
}
