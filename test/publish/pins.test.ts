import type { File } from '../../src/tree/file';
import { configMap, deployment, generated, kustomization, marked, Repository } from './repository';

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const IMAGE = 'ghcr.io/shop/server';

/** The tree as it is published at first, and the bot's commit on it. */
function publishedWithBotCommit(files: readonly File[], path: string, from: string, to: string): void {
  repository.publish(files);
  repository.commit('synth');
  repository.replace(path, from, to);
  repository.commit('bot');
}

function server(path = 'k8s/server/deployment.yaml', image = `${IMAGE}:prod-1`, options: { name?: string; setter?: string; replicas?: number } = {}): File {
  return generated(path, [deployment(marked(image, options.setter ?? 'flux-system:server'), options)]);
}

function imagePolicy(name: string, pattern?: string): File {
  return generated(`k8s/policies/${name}.yaml`, [{
    apiVersion: 'image.toolkit.fluxcd.io/v1', kind: 'ImagePolicy', metadata: { name, namespace: 'flux-system' },
    spec: { ...(pattern === undefined ? {} : { filterTags: { pattern } }), policy: { alphabetical: {} } },
  }]);
}

test('a new pin starts at the value in code, and says so', () => {
  const { notes } = repository.publish([server()]);

  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): starts at prod-1']);
});

test('many new pins are counted, and one that replaces something is named all the same', () => {
  repository.publish([server(), generated('k8s/own/deployment.yaml', [deployment(`${IMAGE}:own-1`)])]);
  repository.commit('synth');
  const many = Array.from({ length: 25 }, (_, index) => server(`k8s/new${index}/deployment.yaml`, `${IMAGE}:prod-1`, { name: `new-${index}`, setter: `flux-system:new-${index}` }));

  const { notes } = repository.publish([server(), ...many, generated('k8s/own/deployment.yaml', [deployment(marked('ghcr.io/shop/other:own-2', 'flux-system:own'))])]);

  expect(notes.filter((note) => note.includes('starts at prod-1'))).toHaveLength(20);
  expect(notes).toContain('and 5 more pins that start at what code says');
  expect(notes.filter((note) => note.includes('k8s/own/'))).toHaveLength(1);
});

test('a tag in a kustomization is kept with the quotes that the bot gave it', () => {
  const file = (extra: object) => [generated('k8s/server/kustomization.yaml', [kustomization({ images: [{ name: IMAGE, newTag: marked('prod-1', 'flux-system:server:tag') }], ...extra })])];
  publishedWithBotCommit(file({}), 'k8s/server/kustomization.yaml', 'newTag: prod-1', 'newTag: "1708014514"');

  const { changed } = repository.publish(file({ namespace: 'server' }));

  expect(changed).toEqual([{ path: 'k8s/server/kustomization.yaml', fields: ['namespace'] }]);
  expect(repository.read('k8s/server/kustomization.yaml')).toContain('newTag: "1708014514" # {"$imagepolicy": "flux-system:server:tag"}\n');
});

test('a value goes with its object to another file', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([server('k8s/shop/api/deployment.yaml')]);

  expect(repository.read('k8s/shop/api/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2 #`);
  expect(repository.has('k8s/server')).toBe(false);
  expect(notes).toEqual([]);
});

test('a value goes with its policy and image to an object of another name', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  repository.publish([server('k8s/server/deployment.yaml', `${IMAGE}:prod-1`, { name: 'api' })]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2 #`);
});

test('a value goes with its object to a policy of another name', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  repository.publish([server('k8s/server/deployment.yaml', `${IMAGE}:prod-1`, { setter: 'flux-system:api' })]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2 # {"$imagepolicy": "flux-system:api"}`);
});

test('a value goes by its image where object and policy have other names', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([server('k8s/api/deployment.yaml', `${IMAGE}:prod-1`, { name: 'api', setter: 'flux-system:api' })]);

  expect(repository.read('k8s/api/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2 # {"$imagepolicy": "flux-system:api"}`);
  expect(notes).toEqual(['pin flux-system:api (k8s/api/deployment.yaml): goes on from prod-2 of flux-system:server (k8s/server/deployment.yaml)']);
});

test('another branch does not inherit the tag of one whose environment goes', () => {
  const environment = (branch: string) => [
    server(`k8s/${branch}/deployment.yaml`, `${IMAGE}:${branch}-1`, { setter: `flux-system:${branch}` }), imagePolicy(branch, `^${branch}-(?P<n>[0-9]+)$`),
  ];
  publishedWithBotCommit(environment('red'), 'k8s/red/deployment.yaml', 'red-1', 'red-9');

  const { notes } = repository.publish(environment('blue'));

  expect(repository.read('k8s/blue/deployment.yaml')).toContain(`image: ${IMAGE}:blue-1 #`);
  expect(notes).toEqual(['pin flux-system:blue (k8s/blue/deployment.yaml): starts at blue-1', 'pin flux-system:red (k8s/red/deployment.yaml): red-9 leaves the tree']);
});

test('patches of one object in several overlays keep a value each', () => {
  const overlays = (...stages: string[]) => stages.map((stage) => server(`k8s/overlays/${stage}/patch.yaml`, `${IMAGE}:v1`, { setter: `flux-system:${stage}` }));
  repository.publish(overlays('staging', 'production'));
  repository.replace('k8s/overlays/staging/patch.yaml', ':v1', ':v9');
  repository.replace('k8s/overlays/production/patch.yaml', ':v1', ':v5');
  repository.commit();

  const { notes } = repository.publish(overlays('canary', 'production'));

  expect(repository.read('k8s/overlays/production/patch.yaml')).toContain(':v5 #');
  expect(repository.read('k8s/overlays/canary/patch.yaml')).toContain(':v9 #');
  expect(notes).toEqual(['pin flux-system:canary (k8s/overlays/canary/patch.yaml): goes on from v9 of flux-system:staging (k8s/overlays/staging/patch.yaml)']);
});

test('a new object of a policy takes the value that the others have', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  repository.publish([server(), server('k8s/worker/deployment.yaml', `${IMAGE}:prod-1`, { name: 'worker' })]);

  expect(repository.read('k8s/worker/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2 #`);
});

test('a pin that could go on from several values stops the publish, until one is named', () => {
  const worker = server('k8s/worker/deployment.yaml', `${IMAGE}:prod-1`, { name: 'worker' });
  publishedWithBotCommit([server(), worker], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');
  const next = [server(), worker, server('k8s/mailer/deployment.yaml', `${IMAGE}:prod-1`, { name: 'mailer' })];

  expect(() => repository.publish(next)).toThrow(
    'pin flux-system:server (k8s/mailer/deployment.yaml) has several committed values: prod-2 (k8s/server/deployment.yaml:12), prod-1 (k8s/worker/deployment.yaml:12)\n'
    + '  fix: say which: fluxwright synth --pin flux-system:server=prod-1',
  );
  expect(repository.status()).toBe('');

  repository.publish(next, { pin: { 'flux-system:server': 'prod-2' } });
  expect(repository.read('k8s/mailer/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2 #`);
});

test('a whole image that becomes a tag in a kustomization keeps its tag', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([
    generated('k8s/server/deployment.yaml', [deployment(`${IMAGE}:prod-1`)]),
    generated('k8s/server/pins/kustomization.yaml', [kustomization({ images: [{ name: IMAGE, newTag: marked('prod-1', 'flux-system:server:tag') }] })]),
  ]);

  expect(repository.read('k8s/server/pins/kustomization.yaml')).toContain('newTag: prod-2 # {"$imagepolicy": "flux-system:server:tag"}');
  expect(notes).toEqual([]);
});

test('another registry in code keeps the committed tag and digest, and says so', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', `${IMAGE}:prod-1`, `"${IMAGE}:prod-2@${digest}"`);

  const { notes } = repository.publish([server('k8s/server/deployment.yaml', 'registry.example.com:5000/server:prod-1')]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: "registry.example.com:5000/server:prod-2@${digest}" #`);
  expect(notes).toEqual([`pin flux-system:server (k8s/server/deployment.yaml): ${IMAGE} → registry.example.com:5000/server, with the committed prod-2@${digest}`]);
});

test('a name is for code to say, its tag for the bot', () => {
  const files = (name: string) => [generated('k8s/server/kustomization.yaml', [kustomization({
    images: [{ name: 'server', newName: marked(name, 'flux-system:server:name'), newTag: marked('prod-1', 'flux-system:server:tag') }],
  })])];
  publishedWithBotCommit(files(IMAGE), 'k8s/server/kustomization.yaml', 'newTag: prod-1', 'newTag: prod-2');

  repository.publish(files('registry.example.com/server'));

  expect(repository.read('k8s/server/kustomization.yaml')).toContain(
    'newName: registry.example.com/server # {"$imagepolicy": "flux-system:server:name"}\n    newTag: prod-2 # {"$imagepolicy": "flux-system:server:tag"}\n',
  );
});

test('a tag that its policy would no longer select is kept, and said', () => {
  publishedWithBotCommit([server(), imagePolicy('server', '^prod-')], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([server(), imagePolicy('server', '^main-(?P<n>.*)$')]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(':prod-2 #');
  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): keeps prod-2, which its ImagePolicy would not select (^main-(?P<n>.*)$)']);
});

test('another image under another policy in the same place starts at the value in code', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([server('k8s/server/deployment.yaml', 'docker.io/nginx:1.27', { setter: 'flux-system:nginx' })]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain('image: docker.io/nginx:1.27 #');
  expect(notes).toContain('pin flux-system:server (k8s/server/deployment.yaml): prod-2 leaves the tree');
});

test('--reset-pins takes what stands in code, and says what was there', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([server()], { resetPins: true });

  expect(repository.read('k8s/server/deployment.yaml')).toContain(':prod-1 #');
  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): reset prod-2 → prod-1']);
});

test('a tree that is gone comes back with its tags, from the index and from HEAD', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');
  repository.git('rm', '-r', '--quiet', '--cached', 'k8s');
  repository.removeDirectory('k8s');

  const { notes } = repository.publish([server()]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(':prod-2 #');
  expect(notes).toEqual([]);
});

test('the value in the working copy wins over that in HEAD: a hot fix that is not committed yet', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');
  repository.replace('k8s/server/deployment.yaml', 'prod-2', 'hotfix-1');

  repository.publish([server('k8s/server/deployment.yaml', `${IMAGE}:prod-1`, { replicas: 3 })]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(':hotfix-1 #');
});

test('a pin that history had, and that was deleted since, says what it was', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');
  repository.git('rm', '-r', '--quiet', 'k8s');
  repository.commit('gone');
  repository.commit('later');

  const { notes } = repository.publish([server()]);

  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): reset prod-2 → prod-1, which an earlier commit deleted']);
});

test('containers of one pod keep their own values when their order changes', () => {
  const pod = (...names: string[]) => [generated('k8s/pod.yaml', [{
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: { containers: names.map((name) => ({ name, image: marked(`ghcr.io/shop/${name}:v1`, `flux-system:${name}`) })) },
  }])];
  repository.publish(pod('one', 'two'));
  repository.replace('k8s/pod.yaml', 'one:v1', 'one:v7');
  repository.replace('k8s/pod.yaml', 'two:v1', 'two:v8');
  repository.commit();

  repository.publish(pod('zero', 'two', 'one'));

  expect(repository.read('k8s/pod.yaml').match(/image: \S+/g)).toEqual(['image: ghcr.io/shop/zero:v1', 'image: ghcr.io/shop/two:v8', 'image: ghcr.io/shop/one:v7']);
});

test('a value without a name in a list keeps to its policy when the list changes', () => {
  const map = (...policies: string[]) => [generated('k8s/map.yaml', [{ apiVersion: 'example.com/v1', kind: 'Tags', metadata: { name: 'tags' }, tags: policies.map((policy) => marked('v1', `flux-system:${policy}:tag`)) }])];
  repository.publish(map('a', 'b'));
  repository.replace('k8s/map.yaml', 'v1 # {"$imagepolicy": "flux-system:a:tag"}', 'v7 # {"$imagepolicy": "flux-system:a:tag"}');
  repository.replace('k8s/map.yaml', 'v1 # {"$imagepolicy": "flux-system:b:tag"}', 'v8 # {"$imagepolicy": "flux-system:b:tag"}');
  repository.commit();

  repository.publish(map('new', 'a', 'b'));

  expect(repository.read('k8s/map.yaml').match(/- \S+/g)).toEqual(['- v1', '- v7', '- v8']);
});

test('a config map that only passes through keeps no pins', () => {
  repository.publish([generated('k8s/c.yaml', [configMap('c', { a: 'b' })])]);

  expect(repository.publish([generated('k8s/c.yaml', [configMap('c', { a: 'c' })])]).changed).toEqual([{ path: 'k8s/c.yaml', fields: ['data.a'] }]);
});

test('a tag that lost its marker by hand is kept, and gets its marker again', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1 # {"$imagepolicy": "flux-system:server"}', 'prod-8');

  const { notes } = repository.publish([server()]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: ${IMAGE}:prod-8 # {"$imagepolicy": "flux-system:server"}\n`);
  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): keeps prod-8, which stood there without a marker; code says prod-1']);
  expect(repository.publish([server()])).toMatchObject({ differs: false, notes: [] });
});

test('a marker on a literal takes the committed literal, and another image starts at what code says', () => {
  const plain = [generated('k8s/server/deployment.yaml', [deployment(`${IMAGE}:prod-1`)])];
  repository.publish(plain);
  repository.commit();

  repository.publish([server('k8s/server/deployment.yaml', `${IMAGE}:prod-7`)]);
  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: ${IMAGE}:prod-1 # {"$imagepolicy"`);

  repository.git('checkout', '--quiet', '.');
  const { notes } = repository.publish([server('k8s/server/deployment.yaml', 'docker.io/nginx:1.27')]);
  expect(repository.read('k8s/server/deployment.yaml')).toContain('image: docker.io/nginx:1.27 # {"$imagepolicy"');
  expect(notes).toEqual([`pin flux-system:server (k8s/server/deployment.yaml): starts at 1.27, in place of ${IMAGE}:prod-1, which has no marker`]);
});

test('a literal without a marker is for code to change', () => {
  const plain = (tag: string) => [generated('k8s/server/deployment.yaml', [deployment(`${IMAGE}:${tag}`)])];
  repository.publish(plain('prod-1'));
  repository.commit();

  const { notes } = repository.publish(plain('prod-2'));

  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: ${IMAGE}:prod-2\n`);
  expect(notes).toEqual([]);
});

test('a tag that is not committed outlives a run that dies between the two files that its object moves between', () => {
  const files = (from: object[], to: object[]) => [generated('k8s/a.yaml', [configMap('a', {}), ...from]), generated('k8s/b.yaml', [configMap('b', {}), ...to])];
  const moving = deployment(marked(`${IMAGE}:prod-1`));
  repository.publish(files([moving], []));
  repository.commit();
  repository.replace('k8s/a.yaml', 'prod-1', 'hotfix-1');
  repository.write('k8s/.b.yaml.fluxwright-tmp/full-disk', '');
  expect(() => repository.publish(files([], [moving]))).toThrow('k8s/b.yaml cannot be written');
  repository.removeDirectory('k8s/.b.yaml.fluxwright-tmp');

  repository.publish(files([], [moving]));

  expect(repository.read('k8s/b.yaml')).toContain(`image: ${IMAGE}:hotfix-1 #`);
});

test.each([1, 2])('an image that was committed without a tag has none to keep when code changes its repository (%s replicas)', (replicas) => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', ':prod-1', '');

  const { notes } = repository.publish([server('k8s/server/deployment.yaml', 'docker.io/shop/server:prod-1', { replicas })]);

  expect(repository.read('k8s/server/deployment.yaml')).toContain('image: docker.io/shop/server:prod-1 #');
  expect(notes[0]).toBe(`pin flux-system:server (k8s/server/deployment.yaml): starts at prod-1, in place of ${IMAGE}, which has no tag`);
});

test('--reset-pins says what a scalar without a marker held', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');

  const { notes } = repository.publish([generated('k8s/server/deployment.yaml', [deployment(`${IMAGE}:prod-1`)])], { resetPins: true });

  expect(repository.read('k8s/server/deployment.yaml')).toContain(`image: ${IMAGE}:prod-1\n`);
  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): reset prod-2 → prod-1']);
});

test('a pin that starts again in a clone whose history is cut off says so, and how to get it', () => {
  publishedWithBotCommit([server()], 'k8s/server/deployment.yaml', 'prod-1', 'prod-2');
  repository.git('rm', '-r', '--quiet', 'k8s');
  repository.commit('gone');
  const shallow = new Repository(`${repository.root}-shallow`);
  repository.git('clone', '--quiet', '--depth=1', `file://${repository.root}`, shallow.root);

  const { notes } = shallow.publish([server()]);

  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): starts at prod-1; the history of this clone is cut off, so what earlier commits had is not known: git fetch --unshallow']);
  shallow.remove();
});

test("a pin is found in the app's former directory, which stays for its owner to remove", () => {
  repository.publish([generated('k8s/server.yaml', [deployment(marked('ghcr.io/shop:v1'))])]);
  repository.replace('k8s/server.yaml', ':v1', ':v2');
  repository.commit();

  repository.publish([generated('deploy/server.yaml', [deployment(marked('ghcr.io/shop:v1'))])], { directory: 'deploy' });

  expect(repository.read('deploy/server.yaml')).toContain('ghcr.io/shop:v2');
  expect(repository.has('k8s/server.yaml')).toBe(true);
});
