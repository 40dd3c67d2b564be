import { join, resolve } from 'node:path';
import { readdirSync } from 'node:fs';
import { SchemaSet } from '../../../src/schema/schema-set';
import { toolPath } from '../../tools';
import { startApiServer } from '../cluster/api-server';
import { applyDefinitions } from '../cluster/custom-resources';
import { ApiRefusal, type KubeClient, type KubeObject } from '../cluster/kube-client';
import type { Part } from '../part';
import { mutated } from './schema/mutation';
import { soundObjects } from './schema/objects';

const MUTATIONS = 2000;
/** A part of what the server refuses is checked nowhere but in its code. */
const LEAST_FOUND = 0.9;

/** Objects of the platforms, each with one mistake: what the API server refuses is found, and nothing else. */
export const schema: Part = {
  summary: 'the real API server and the schema check judge objects of the platforms, each with one mistake',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager'],

  async run({ report, scope, seed }) {
    const taken = report.row('schema', 'what the API server takes, the check takes', 'kube-apiserver, server-side dry run');
    const refused = report.row('schema', `of what the API server refuses, the check finds ${LEAST_FOUND * 100} %`, 'kube-apiserver, server-side dry run');
    const shared = toolPath('shared');
    if (shared === undefined) return [taken, refused].forEach((row) => row.skip('the CRDs are not beside the project'));

    const { client } = await startApiServer(scope);
    const folder = join(shared, 'crds');
    await applyDefinitions(client, readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name)));
    const set = new SchemaSet({ kubernetes: '1.35' });
    const objects = soundObjects(resolve(__dirname, '../../..'), set);
    for (const name of new Set(objects.map(({ metadata }) => metadata.namespace ?? 'default'))) await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

    const missed: string[] = [];
    let refusals = 0;
    for (const { object, what } of mutated(objects, MUTATIONS, seed)) {
      const problems = set.validate(object);
      const refusal = await refusalOf(client, object);
      const told = (): string => `${object.kind} ${object.metadata.name}, ${what}\nserver: ${refusal ?? 'takes it'}\ncheck: ${problems.map(({ message }) => message).join('; ') || 'takes it'}`;
      if (refusal === undefined) taken.check(problems.length === 0, told);
      else {
        refusals++;
        if (problems.length === 0) missed.push(told());
      }
    }
    refused.check(refusals > 0 && missed.length <= refusals * (1 - LEAST_FOUND), () => `${missed.length} of ${refusals} are not found\n${missed.join('\n')}`);
  },
};

async function refusalOf(client: KubeClient, object: KubeObject): Promise<string | undefined> {
  try {
    await client.apply(object, { dryRun: true });
    return undefined;
  } catch (error) {
    if (error instanceof ApiRefusal) return error.message;
    throw error;
  }
}
