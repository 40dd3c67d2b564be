import fc from 'fast-check';
import { GitopsApp, k8s, NamespaceDirectory } from 'fluxwright';
import { join } from 'node:path';
import { publish } from '../../../../src/publish/publish';
import { text } from '../../../yaml/nasty-values';
import { startApiServer } from '../../cluster/api-server';
import { documentsOf, kustomizeBuild, kustomizeVersion } from '../../cluster/manifests';
import { temporaryFolder } from '../../harness/folder';
import { versionOf } from '../../harness/programs';
import type { Run } from '../../part';
import { toolPath } from '../../../tools';

const OBJECTS = 100;
/** How many strings an object holds, as data and as annotations. */
const SHARE = { data: 80, annotations: 20 };

/**
 * What kustomize cannot carry, however it is written: on the way it writes objects in a notation of its own and reads that
 * again. It then refuses the control characters behind ASCII and, in annotations, a tab before several lines; of NEL it
 * makes a space.
 */
const BEYOND_KUSTOMIZE = /[\u007f-\u009f\ufffe\uffff]|^\t+(?=[^]*\n)/g;

/** Strings that YAML readers get wrong, from constructs to the API server and back. */
export async function strings({ report, scope, seed }: Run): Promise<void> {
  const row = report.row('publishing', 'an adversarial string goes through constructs, tree and kustomize to the API server, and is read back as it was', toolPath('kustomize') === undefined ? 'kustomize' : `${kustomizeVersion()}, ${versionOf('kube-apiserver')}`);
  if (toolPath('kustomize') === undefined) return row.skip('kustomize cannot be built');
  const root = temporaryFolder(scope);
  const objects = fc.sample(fc.record({ data: stringsNamed('d', SHARE.data), annotations: stringsNamed('a', SHARE.annotations) }), { numRuns: OBJECTS, seed });
  const app = new GitopsApp({ name: 'strings', root });
  const directory = new NamespaceDirectory(app, 'strings', { namespace: 'default' });
  objects.forEach(({ data, annotations }, index) => new k8s.KubeConfigMap(directory, `strings-${index}`, { metadata: { name: `strings-${index}`, annotations }, data }));
  publish(app.toTree(), { root, project: app.name, directory: app.directory });
  const built = kustomizeBuild(join(root, 'k8s/strings'));
  if ('problem' in built) return row.check(false, () => built.problem);

  const { client } = await startApiServer(scope);
  for (const document of documentsOf(built.text)) {
    const name = /^ {2}name: (strings-\d+)$/m.exec(document)![1]!;
    const path = `/api/v1/namespaces/default/configmaps/${name}`;
    await client.call('PATCH', `${path}?fieldManager=e2e&fieldValidation=Strict`, document, 'application/apply-patch+yaml');
    const { data, metadata } = await client.call('GET', path);
    const sent = objects[Number(name.slice('strings-'.length))]!;
    for (const [found, expected] of [[data, sent.data], [metadata.annotations, sent.annotations]]) {
      for (const [key, value] of Object.entries(expected as Record<string, string>)) row.equal(found[key], value, () => `${name} ${key}`);
    }
  }
}

function stringsNamed(prefix: string, count: number): fc.Arbitrary<Record<string, string>> {
  return fc.array(text.map((value) => value.replace(BEYOND_KUSTOMIZE, '')), { minLength: count, maxLength: count }).map((values) => Object.fromEntries(values.map((value, index) => [`${prefix}${index}`, value])));
}
