import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { SchemaSet } from '../../../../src/schema/schema-set';
import { readDocuments } from '../../../../src/yaml/read';
import type { KubeObject } from '../../cluster/kube-client';

/** The objects in the committed trees whose kinds are known, and in which nothing is wrong: patches and encrypted ones are left out. */
export function soundObjects(project: string, set: SchemaSet): KubeObject[] {
  const files = execFileSync('git', ['ls-files', 'k8s', 'platforms'], { cwd: project, encoding: 'utf8' }).trim().split('\n').filter((file) => file.endsWith('.yaml'));
  return files.flatMap((file) => readDocuments(readFileSync(join(project, file), 'utf8'), file).documents.map(({ object }) => object)).filter((object): object is KubeObject => isSound(object, set));
}

function isSound(object: unknown, set: SchemaSet): boolean {
  const { apiVersion, kind } = (object ?? {}) as Partial<KubeObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && kind !== 'CustomResourceDefinition' && set.find(apiVersion, kind) !== undefined
    && !('sops' in (object as object)) && !JSON.stringify(object).includes('${') && set.validate(object).length === 0;
}
