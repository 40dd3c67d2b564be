import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toolPath } from '../../tools';
import { startApiServer } from '../cluster/api-server';
import { applyDefinitions, applyDefinitionTexts, applyPermissiveDefinition } from '../cluster/custom-resources';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import { versionOf } from '../harness/programs';
import type { Part } from '../part';
import { checkAgreement } from './api-server/agreement';
import { createNamespaces, forEach, kindOf, refusalOf, titleOf } from './api-server/dry-run';
import { renderedPlatforms } from './api-server/rendered';

export const apiServer: Part = {
  summary: 'a real API server takes what the platforms apply, and agrees with fluxwright check about it and about mutations of it',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager'],

  async run(run) {
    const shared = toolPath('shared');
    const server = versionOf('kube-apiserver');
    if (shared === undefined || toolPath('kustomize') === undefined) return run.report.row('api-server', 'an object of a platform is taken', server).skip('there are no CRDs beside the project, or no kustomize');
    const platforms = await renderedPlatforms(run.scope, shared);
    const { client } = await startApiServer(run.scope);
    await applyDefinitions(client, readdirSync(join(shared, 'crds')).filter((name) => name.endsWith('.yaml')).map((name) => join(shared, 'crds', name)));
    const all = platforms.flatMap(({ objects }) => objects);
    const { own, permissive } = await makeKindsKnown(client, all);
    await createNamespaces(client, all);

    for (const { platform, objects, failures } of platforms) {
      const row = run.report.row('api-server', `${platform}: an object that Flux or a documented command applies is taken by server-side dry-run apply`, server);
      await forEach(objects, async (object) => {
        const refusal = await refusalOf(client, object);
        row.check(refusal === undefined, () => `${titleOf(object)}: ${refusal}`);
      });
      if (failures.length > 0) process.stderr.write(`  ${platform}: not rendered, since nobody serves it here: ${failures.length} (${failures[0]!.split('\n')[0]})\n`);
    }
    await checkAgreement(run, client, all.filter((object) => !permissive.has(kindOf(object))), own);
  },
};

interface KnownKinds {
  /** Definitions that come with the platforms. */
  readonly own: readonly KubeObject[];
  /** Kinds that nobody defines. */
  readonly permissive: ReadonlySet<string>;
}

/** Makes kinds known by the definitions in the trees; those that nobody defines get one that takes any fields, which is said. */
async function makeKindsKnown(client: KubeClient, objects: readonly KubeObject[]): Promise<KnownKinds> {
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
  return { own, permissive: new Set(missing.keys()) };
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0]!;
}
