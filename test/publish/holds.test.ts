import type { File } from '../../src/tree/file';
import { withComment } from '../../src/yaml/comment';
import { formatHold } from '../../src/yaml/marker';
import { deployment, generated, kustomization, marked, Repository } from './repository';

let repository: Repository;
const PATH = 'k8s/server/kustomization.yaml';

const tag = (newTag: string): File[] => [generated(PATH, [kustomization({ images: [{ name: 'server', newTag }] })])];
const followed = (literal = 'prod-1') => tag(marked(literal, 'flux-system:server:tag'));
const holdProp = (literal: string, exact = false) => tag(withComment(literal, formatHold({ literal, exact, marker: { policy: 'flux-system:server', part: 'tag' } })));
const newTag = () => /newTag: (.*)/.exec(repository.read(PATH))![1];

beforeEach(() => {
  repository = Repository.create();
  repository.publish(followed());
  repository.replace(PATH, 'prod-1', 'prod-5');
  repository.commit('bot');
});
afterEach(() => repository.remove());

test('a marker that is taken off in code leaves the committed tag, and says what code says', () => {
  const { notes } = repository.publish(tag('prod-1'));

  expect(newTag()).toBe('prod-5 # {"$held": "prod-1", "$imagepolicy-held": "flux-system:server:tag"}');
  expect(notes).toEqual(['pin flux-system:server (k8s/server/kustomization.yaml): held at prod-5, although code says prod-1']);
  expect(repository.publish(tag('prod-1'))).toMatchObject({ differs: false, notes: [] });
});

test('a held tag takes what somebody commits there', () => {
  repository.publish(tag('prod-1'));
  repository.replace(PATH, 'prod-5', 'hotfix-1');
  repository.commit();

  expect(repository.publish(tag('prod-1')).differs).toBe(false);
  expect(newTag()).toContain('hotfix-1 #');
});

test('a held tag ends when code names another value', () => {
  repository.publish(tag('prod-1'));

  const { notes } = repository.publish(tag('prod-9'));

  expect(newTag()).toBe('prod-9');
  expect(notes).toEqual(['pin flux-system:server (k8s/server/kustomization.yaml): no longer held at prod-5, since code now says prod-9']);
  expect(repository.publish(tag('prod-9')).differs).toBe(false);
});

test('a marker that is put on again goes on from the held tag', () => {
  repository.publish(tag('prod-1'));

  repository.publish(followed());

  expect(newTag()).toBe('prod-5 # {"$imagepolicy": "flux-system:server:tag"}');
});

test('a tag that is what code says needs no memory when it is held', () => {
  repository.publish(tag('prod-5'));

  expect(newTag()).toBe('prod-5');
});

test('the hold prop keeps the committed tag until it is released', () => {
  repository.publish(holdProp('prod-1'));
  expect(newTag()).toBe('prod-5 # {"$held": "prod-1", "$imagepolicy-held": "flux-system:server:tag"}');

  expect(repository.publish(holdProp('prod-1')).differs).toBe(false);
  repository.publish(followed());
  expect(newTag()).toBe('prod-5 # {"$imagepolicy": "flux-system:server:tag"}');
});

test('the hold prop with a value takes that value once, and what is committed afterwards stays', () => {
  const { notes } = repository.publish(holdProp('prod-3', true));
  expect(newTag()).toBe('prod-3 # {"$held-at": "prod-3", "$imagepolicy-held": "flux-system:server:tag"}');
  expect(notes).toEqual(['pin flux-system:server (k8s/server/kustomization.yaml): code now says prod-5 → prod-3']);

  repository.replace(PATH, 'newTag: prod-3', 'newTag: hotfix-1');
  repository.commit();
  repository.publish(holdProp('prod-3', true));
  expect(newTag()).toContain('hotfix-1 # {"$held-at": "prod-3"');

  repository.publish(holdProp('prod-4', true));
  expect(newTag()).toContain('prod-4 # {"$held-at": "prod-4"');

  repository.publish(holdProp('prod-1'));
  expect(newTag()).toContain('prod-4 # {"$held": "prod-1"');
});

test('the hold prop with the value that an earlier hold only remembered takes it', () => {
  repository.publish(holdProp('prod-1'));

  repository.publish(holdProp('prod-1', true));

  expect(newTag()).toContain('prod-1 # {"$held-at": "prod-1"');
});

test('a held tag goes with its object to another file', () => {
  const object = (image: string) => deployment(image);
  repository.publish([generated('k8s/a.yaml', [object(marked('ghcr.io/s:v1', 'flux-system:s'))])]);
  repository.replace('k8s/a.yaml', ':v1', ':v2');
  repository.publish([generated('k8s/a.yaml', [object('ghcr.io/s:v1')])]);
  repository.commit();

  repository.publish([generated('k8s/b.yaml', [object('ghcr.io/s:v1')])]);

  expect(repository.read('k8s/b.yaml')).toContain('image: ghcr.io/s:v2 # {"$held": "ghcr.io/s:v1", "$imagepolicy-held": "flux-system:s"}');
});

test('a marker that is taken off while its object moves is held in the new file', () => {
  repository.publish([generated('k8s/a.yaml', [deployment(marked('ghcr.io/s:v1', 'flux-system:s'))])]);
  repository.replace('k8s/a.yaml', ':v1', ':v2');
  repository.commit();

  repository.publish([generated('k8s/b.yaml', [deployment('ghcr.io/s:v1')])]);

  expect(repository.read('k8s/b.yaml')).toContain('image: ghcr.io/s:v2 # {"$held": "ghcr.io/s:v1"');
});

test('a held tag comes back from Git when its file is gone', () => {
  repository.publish(tag('prod-1'));
  repository.commit();
  repository.removeDirectory('k8s');

  repository.publish(tag('prod-1'));

  expect(newTag()).toBe('prod-5 # {"$held": "prod-1", "$imagepolicy-held": "flux-system:server:tag"}');
});

test('another image in code ends the hold', () => {
  repository.publish([generated('k8s/a.yaml', [deployment(marked('ghcr.io/s:v1', 'flux-system:s'))])]);
  repository.replace('k8s/a.yaml', ':v1', ':v2');
  repository.commit();

  const { notes } = repository.publish([generated('k8s/a.yaml', [deployment('docker.io/nginx:1.27')])]);

  expect(repository.read('k8s/a.yaml')).toContain('image: docker.io/nginx:1.27\n');
  expect(notes).toContain('pin flux-system:s (k8s/a.yaml): no longer held at v2, since code now says docker.io/nginx:1.27');
});

test('a held object that is renamed keeps its tag', () => {
  repository.publish([generated('k8s/a.yaml', [deployment(marked('ghcr.io/s:v1', 'flux-system:s'))])]);
  repository.replace('k8s/a.yaml', ':v1', ':v2');
  repository.publish([generated('k8s/a.yaml', [deployment('ghcr.io/s:v1')])]);
  repository.commit();

  repository.publish([generated('k8s/a.yaml', [deployment('ghcr.io/s:v1', { name: 'api' })])]);

  expect(repository.read('k8s/a.yaml')).toContain('image: ghcr.io/s:v2 # {"$held": "ghcr.io/s:v1"');
});
