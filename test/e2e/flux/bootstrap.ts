import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import { applyDefinitions, isDefinition } from '../cluster/custom-resources';
import { documentsOf } from '../cluster/manifests';
import { programPath } from '../harness/programs';
import { AGE_SECRET } from './controllers';

/** An age key of this run. */
export interface AgeKey {
  readonly recipient: string;
  readonly identity: string;
}

export function newAgeKey(): AgeKey {
  const identity = execFileSync(programPath('age-keygen'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { identity, recipient: /^# public key: (\S+)$/m.exec(identity)![1]! };
}

/** What `flux bootstrap` writes: Flux 2.9's CRDs, and the rest of an older release, the only one that is at hand. */
export function gotkComponents(shared: string): string {
  const rest = documentsOf(readFileSync(join(shared, 'upstream/gotk-components-v2.4.0.yaml'), 'utf8')).filter((document) => !isDefinition(document));
  return [readFileSync(join(shared, 'crds/flux-2.9.yaml'), 'utf8'), ...rest].join('\n---\n');
}

/** Does what `flux bootstrap` does to a cluster, and what its README asks for: the key that decrypts. */
export async function bootstrap(client: KubeClient, shared: string, sync: string, key: AgeKey): Promise<void> {
  await applyDefinitions(client, [join(shared, 'crds/flux-2.9.yaml')]);
  await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'flux-system' } });
  await client.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: AGE_SECRET, namespace: 'flux-system' }, stringData: { 'age.agekey': key.identity } });
  for (const object of objectsIn(sync)) await client.apply(object, { fieldManager: 'flux-bootstrap' });
}

/** The objects of a text that Go and npm's yaml read alike. */
export function objectsIn(text: string): KubeObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as KubeObject).filter((object) => typeof object?.kind === 'string' && typeof object.apiVersion === 'string');
}
