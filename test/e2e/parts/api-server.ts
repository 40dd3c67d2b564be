import fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SchemaSet } from '../../../src/schema/schema-set';
import { toolPath } from '../../tools';
import { startApiServer } from '../cluster/api-server';
import { applyDefinitions, applyDefinitionTexts, applyPermissiveDefinition } from '../cluster/custom-resources';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import { versionOf } from '../harness/programs';
import type { Part, Run } from '../part';
import { createNamespaces, forEach, refusalOf } from './api-server/dry-run';
import { mutation } from './api-server/mutations';
import { renderedPlatforms } from './api-server/rendered';

const MUTATIONS = 500;

export const apiServer: Part = {
  summary: 'a real API server takes what the platforms apply, and agrees with our schemas about it and about mutations of it',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager'],

  async run(run) {
    const shared = toolPath('shared');
    const server = versionOf('kube-apiserver');
    if (shared === undefined || toolPath('kustomize') === undefined) return run.report.row('api-server', 'an object of a platform is taken', server).skip('there are no CRDs beside the project, or no kustomize');
    const platforms = await renderedPlatforms(run.scope, shared);
    const { client } = await startApiServer(run.scope);
    await applyDefinitions(client, readdirSync(join(shared, 'crds')).filter((name) => name.endsWith('.yaml')).map((name) => join(shared, 'crds', name)));
    const all = platforms.flatMap(({ objects }) => objects);
    const permissive = await makeKindsKnown(client, all);
    await createNamespaces(client, all);

    for (const { platform, objects, failures } of platforms) {
      const row = run.report.row('api-server', `${platform}: an object that Flux or a documented command applies is taken by server-side dry-run apply`, server);
      await forEach(objects, async (object) => {
        const refusal = await refusalOf(client, object);
        row.check(refusal === undefined, () => `${titleOf(object)}: ${refusal}`);
      });
      if (failures.length > 0) process.stderr.write(`  ${platform}: not rendered, since nobody serves it here: ${failures.length} (${failures[0]!.split('\n')[0]})\n`);
    }
    await checkAgreement(run, client, all.filter((object) => !permissive.has(kindOf(object))));
  },
};

/** Makes kinds known by the definitions in the trees; those that nobody defines get one that takes any fields, which is said. */
async function makeKindsKnown(client: KubeClient, objects: readonly KubeObject[]): Promise<ReadonlySet<string>> {
  const served = new Set((await client.kinds()).map(({ apiVersion, kind }) => `${groupOf(apiVersion)} ${kind}`));
  const own = objects.filter(({ kind, spec }) => kind === 'CustomResourceDefinition' && !served.has(`${spec.group} ${spec.names.kind}`));
  await applyDefinitionTexts(client, own.map((definition) => JSON.stringify(definition)));
  for (const { spec } of own) served.add(`${spec.group} ${spec.names.kind}`);
  const missing = new Map<string, KubeObject[]>();
  for (const object of objects) {
    if (object.apiVersion.includes('/') && !served.has(`${groupOf(object.apiVersion)} ${object.kind}`)) missing.set(kindOf(object), [...(missing.get(kindOf(object)) ?? []), object]);
  }
  for (const some of missing.values()) {
    const { apiVersion, kind } = some[0]!;
    await applyPermissiveDefinition(client, { apiVersion, kind, isNamespaced: some.some(({ metadata }) => metadata.namespace !== undefined) });
  }
  process.stderr.write(`  kinds without a definition, which take any fields: ${[...missing.keys()].join(', ')}\n`);
  return new Set(missing.keys());
}

/** Asks the server and our schemas the same, of each object and of mutations of them. */
async function checkAgreement({ report, seed }: Run, client: KubeClient, objects: readonly KubeObject[]): Promise<void> {
  const against = versionOf('kube-apiserver');
  const rows = {
    refused: report.row('api-server', 'what the server refuses, our schemas report', against),
    taken: report.row('api-server', 'what the server takes, our schemas have nothing against', against),
  };
  const schemas = new SchemaSet({ kubernetes: against.split(' v')[1]! });
  const counts = { 'both take it': 0, 'both refuse it': 0, 'the server alone refuses it': 0, 'our schemas alone refuse it': 0 };
  const mutations = fc.sample(mutation(objects), { numRuns: MUTATIONS, seed });
  await forEach([...objects.map((object) => ({ object, change: 'as it is' })), ...mutations], async ({ object, change }) => {
    const refusal = await refusalOf(client, object);
    const problems = schemas.validate(object);
    const errors = problems.filter(({ severity }) => severity === 'error'); // the others only may be
    const isReported = refusal === undefined ? errors.length > 0 : problems.length > 0;
    const story = (): string => `${titleOf(object)}: ${change}\nserver: ${refusal ?? 'takes it'}\nschemas: ${problems.map(({ message }) => message).join('; ') || 'nothing'}`;
    if (refusal === undefined) rows.taken.check(!isReported, story);
    else rows.refused.check(isReported, story);
    if (refusal === undefined) counts[isReported ? 'our schemas alone refuse it' : 'both take it']++;
    else counts[isReported ? 'both refuse it' : 'the server alone refuses it']++;
  });
  process.stderr.write(`  of ${objects.length} objects and ${MUTATIONS} mutations: ${Object.entries(counts).map(([what, count]) => `${what}: ${count}`).join(', ')}\n`);
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0]!;
}

function kindOf({ apiVersion, kind }: KubeObject): string {
  return `${apiVersion} ${kind}`;
}

function titleOf(object: KubeObject): string {
  return `${kindOf(object)} ${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
