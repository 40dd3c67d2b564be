import { findingsOf } from '../check-tree';
import { deployment, fleet } from './fleet';

test('a marker in a block of text, behind a key or with a misspelt part is not seen by Flux', async () => {
  const files = fleet({
    'clusters/prod/values.yaml': `kind: ConfigMap
data:
  values.yaml: |
    image: web:1.0.0 # {"$imagepolicy": "flux-system:web"}
  web: # {"$imagepolicy": "flux-system:web"}
    tag: 1.0.0
  tag: 1.0.0 # {"$imagepolicy": "flux-system:web:tags"}
`,
  });

  expect(await findingsOf('marker-unseen', files)).toEqual([
    'clusters/prod/values.yaml:4 error: Flux does not see this marker: what stands before it is no value on one line, but part of a block of text, or a key\n'
    + '  fix: let the value stand in a field of its own, and the marker behind it',
    'clusters/prod/values.yaml:5 error: Flux does not see this marker: what stands before it is no value on one line, but part of a block of text, or a key\n'
    + '  fix: let the value stand in a field of its own, and the marker behind it',
    'clusters/prod/values.yaml:7 error: Flux cannot read the marker {"$imagepolicy": "flux-system:web:tags"}\n'
    + '  fix: put {"$imagepolicy": "namespace:name"}, with ":tag", ":name" or ":digest" behind the name if it is a part, into the comment of a value of its own',
  ]);
});

test('a variable under a marker would be overwritten', async () => {
  const files = fleet({ 'clusters/prod/web.yaml': deployment('ghcr.io/shop/web:${TAG} # {"$imagepolicy": "flux-system:web"}') });

  expect(await findingsOf('marker-unseen', files)).toEqual([
    'clusters/prod/web.yaml:11 error: Flux would replace "ghcr.io/shop/web:${TAG}" with a literal tag: the variable in it would be gone\n  fix: put the variable, or the marker, somewhere else',
  ]);
});

test('a remark on a line of its own, and markers behind values in any quotes, are fine', async () => {
  const files = fleet({
    'clusters/prod/values.yaml': `# take this off: {"$imagepolicy": "flux-system:web"}
kind: ConfigMap
data:
  one: "1.0.0" # {"$imagepolicy": "flux-system:web:tag"}
  two: '1.0.0' # {"$imagepolicy": "flux-system:web:tag"}
`,
  });

  expect(await findingsOf('marker-unseen', files)).toEqual([]);
});

test('a policy that is named by a variable is looked for under that very name', async () => {
  const marked = deployment('ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:${BRANCH}"}');

  expect(await findingsOf('marker-unseen', fleet({ 'clusters/prod/web.yaml': marked }))).toEqual([
    'clusters/prod/web.yaml:11 error: Flux looks for an ImagePolicy that is called flux-system:${BRANCH}: it reads markers from Git, before anything is substituted\n'
    + '  fix: name a policy, or set the tag by a variable of postBuild and mark that where it stands',
  ]);
  expect(await findingsOf('marker-unseen', fleet({ 'clusters/prod/templates/web.yaml': marked }))).toEqual([]);
});
