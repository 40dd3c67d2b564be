import { findingsOf, kustomization } from '../check-tree';
import { deployment, fleet } from './fleet';

test('an image without a tag, or with "latest", is told', async () => {
  expect(await findingsOf('image-without-tag', fleet({ 'clusters/prod/web.yaml': deployment('registry.example.com:5000/web') }))).toEqual([
    'clusters/prod/web.yaml:11 warning Deployment shop/web: the image registry.example.com:5000/web has no tag, which means "latest"\n  fix: name a tag or a digest',
  ]);
  expect(await findingsOf('image-without-tag', fleet({ 'clusters/prod/web.yaml': deployment('web:latest') }))).toEqual([
    'clusters/prod/web.yaml:11 warning Deployment shop/web: the image web:latest is "latest"\n  fix: name a tag or a digest',
  ]);
});

test('a job that runs once is worth no more than a notice', async () => {
  const [finding] = await findingsOf('image-without-tag', fleet({ 'clusters/prod/web.yaml': deployment('web').replace('kind: Deployment', 'kind: Job') }));

  expect(finding).toMatch('notice Job shop/web');
});

test.each(['web:1.0', 'web@sha256:0123', 'web:${TAG}', 'auto'])('%s is fine', async (image) => {
  expect(await findingsOf('image-without-tag', fleet({ 'clusters/prod/web.yaml': deployment(image) }))).toEqual([]);
});

test('an image whose tag kustomize sets is fine', async () => {
  const files = fleet({ 'clusters/prod/web.yaml': kustomization('web', './web'), 'web/kustomization.yaml': 'resources: [web.yaml]\nimages:\n  - name: web\n    newTag: 1.0.0\n', 'web/web.yaml': deployment('web') });

  expect(await findingsOf('image-without-tag', files)).toEqual([]);
});

test('the same image in several jobs is told once', async () => {
  const job = (name: string): string => deployment('busybox').replace('kind: Deployment', 'kind: Job').replace('name: web', `name: ${name}`);

  expect(await findingsOf('image-without-tag', fleet({ 'clusters/prod/a.yaml': job('a'), 'clusters/prod/b.yaml': job('b'), 'clusters/prod/c.yaml': job('c') }))).toEqual([
    'clusters/prod/a.yaml:11 notice Job shop/a: the image busybox has no tag, which means "latest", here and in 2 more places\n  fix: name a tag or a digest',
  ]);
});
