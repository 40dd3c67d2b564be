/** What the rules about schemas of `fluxwright check` cost beside kubeconform on the same files, from the build in dist/. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stringify } from 'yaml';
import { childOf, type FieldNode } from '../src/schema/field-node';
import { SchemaSet } from '../src/schema/schema-set';
import { costOf, least, times } from './measure';
import { typicalObjects } from './schema';

const VERSION = 'v0.8.0';
const COPIES = 2000;
const RULES = ['schema', 'unknown-kind', 'kubernetes-api-removed', 'flux-version-not-served'];

/**
 * Lines for a person. Cold is a first run, with an empty cache; nothing of these rules is kept between runs, since checking
 * what was read is a tenth of the whole, so that a second run has only what the system keeps of the files.
 */
export function kubeconformFigures(project: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-schemas-'));
  try {
    const count = writeFiles(join(folder, 'tree'));
    const env = { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') };
    const check = (): ReturnType<typeof costOf> => costOf('node', [join(project, 'dist/src/cli/main.js'), 'check', '--no-render', 'tree', '--rule', ...RULES], { cwd: folder, env });
    const cold = least(() => {
      rmSync(join(folder, 'cache'), { recursive: true, force: true });
      return check();
    });
    const warm = least(check);
    const own = `rules about schemas, ${count} files of an object each: ${cold.cpu.toFixed(2)} s CPU cold, ${warm.cpu.toFixed(2)} s warm`;
    const kubeconform = findKubeconform();
    if (kubeconform === undefined) return [own, 'kubeconform: not installed, nor is Go, to install it'];
    writeSchemas(join(folder, 'schemas'));
    const location = `${join(folder, 'schemas')}/{{.ResourceKind}}{{.KindSuffix}}.json`;
    const other = least(() => costOf(kubeconform, ['-n', '1', '-schema-location', location, 'tree'], { cwd: folder }));
    return [own, `kubeconform, the same files: ${other.cpu.toFixed(2)} s CPU; fluxwright cold is ${times(cold.cpu, other.cpu, 'at most 2')}, warm ${times(warm.cpu, other.cpu, 'below 1')}`];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Each object many times, as somebody's repository has them: a file an object. */
function writeFiles(folder: string): number {
  mkdirSync(folder);
  let count = 0;
  for (let copy = 0; copy < COPIES; copy++) {
    for (const object of typicalObjects) writeFileSync(join(folder, `${count++}.yaml`), stringify({ ...object, metadata: { ...(object['metadata'] as object), namespace: `team-${copy}` } }));
  }
  return count;
}

/** Each kind as kubeconform wants it: one file with everything in it, in which no field may be unknown. */
function writeSchemas(folder: string): void {
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

/** On the PATH, or installed once into the user's cache. */
function findKubeconform(): string | undefined {
  const installed = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', `kubeconform-${VERSION}`);
  const find = (): string | undefined => [...(process.env['PATH'] ?? '').split(delimiter), installed].map((folder) => join(folder, 'kubeconform')).find((path) => existsSync(path));
  return find() ?? (spawnSync('go', ['install', `github.com/yannh/kubeconform/cmd/kubeconform@${VERSION}`], { env: { ...process.env, GOBIN: installed } }).status === 0 ? find() : undefined);
}
