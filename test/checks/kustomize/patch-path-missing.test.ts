import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { web } from './web';

const operation = (text: string) => web(`patches:\n  - target: { kind: Deployment }\n    patch: |-\n      - { ${text} }\n`);
const refused = [
  ['op: remove, path: /spec/strategy', '"/spec/strategy" is not there'],
  ['op: test, path: /spec/strategy, value: 1', '"/spec/strategy" is not there'],
  ['op: remove, path: /spec/template/spec/containers/1', '"/spec/template/spec/containers/1" is not there'],
  ['op: add, path: /spec/strategy/type, value: Recreate', '"/spec/strategy/type" is not there: there is no "/spec/strategy"'],
  ['op: replace, path: /spec/template/spec/containers/1/image, value: x', '"/spec/template/spec/containers/1/image" is not there: there is no "/spec/template/spec/containers/1"'],
  ['op: replace, path: /spec/template/spec/containers/1, value: {}', '"/spec/template/spec/containers/1" is not there: the list has one item'],
  ['op: add, path: /spec/template/spec/containers/2, value: {}', '"/spec/template/spec/containers/2" cannot be added: the list has one item'],
  ['op: add, path: /metadata/labels/a~1b, value: x', '"/metadata/labels/a~1b" is not there: there is no "/metadata/labels"'],
] as const;
const accepted = [
  'op: add, path: /spec/paused, value: true', 'op: replace, path: /spec/replicas, value: 3', 'op: add, path: /metadata/annotations/a, value: x',
  'op: add, path: /spec/template/spec/containers/-, value: { name: b }', 'op: add, path: /spec/template/spec/containers/1, value: { name: b }', 'op: remove, path: /spec/template/spec/containers/-1/image',
  'op: test, path: /spec/paused, value: null',
];

test.each(refused)('{ %s }: %s', async (text, problem) => {
  const [finding, ...others] = await findingsOf('patch-path-missing', operation(text));

  expect(finding).toMatch(`web/kustomization.yaml:4 error: ${/op: (\w+)/.exec(text)![1]} in Deployment shop/web: ${problem}, and kustomize refuses to build\n  fix: mend the path, or select only objects that have it`);
  expect(others).toEqual([]);
});

test.each(accepted)('{ %s } is fine', async (text) => {
  expect(await findingsOf('patch-path-missing', operation(text))).toEqual([]);
});

testWith('kustomize', 'kustomize refuses just those', async (kustomize) => {
  const failures = await Promise.all(refused.map(async ([text]) => renderedFindingsOf(kustomize, 'kustomize-build-failed', operation(text))));
  const successes = await Promise.all(accepted.map(async (text) => renderedFindingsOf(kustomize, 'kustomize-build-failed', operation(text))));

  expect(failures.map(({ length }) => length)).toEqual(refused.map(() => 1));
  expect(successes).toEqual(accepted.map(() => []));
});

test('what is replaced and not there is added, and a path without a slash loses its first part', async () => {
  expect(await findingsOf('patch-path-missing', operation('op: replace, path: /spec/replcias, value: 3'))).toEqual([
    'web/kustomization.yaml:4 warning: replace in Deployment shop/web: "/spec/replcias" is not there: kustomize adds it\n  fix: write "op: add" if the field is meant to be new; else mend the path',
  ]);
  expect(await findingsOf('patch-path-missing', operation('op: replace, path: spec/replicas, value: 3'))).toEqual([
    'web/kustomization.yaml:4 error: replace in Deployment shop/web: the path "spec/replicas" does not begin with "/": kustomize drops its first part, and changes "/replicas"\n  fix: write "/spec/replicas"',
  ]);
});

test('earlier patches count, and a file is told at its operation', async () => {
  const files = web('patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: { name: web, namespace: shop }\n      spec: { strategy: { type: Recreate }, template: { spec: { containers: [{ name: more }] } } }\n  - path: operations.yaml\n    target: { kind: Deployment }\n', {
    'web/operations.yaml': '- { op: remove, path: /spec/strategy/type }\n- { op: replace, path: /spec/template/spec/containers/1/name, value: x }\n- { op: remove, path: /spec/paused }\n',
  });

  expect(await findingsOf('patch-path-missing', files)).toEqual([
    'web/operations.yaml:3 error: remove in Deployment shop/web: "/spec/paused" is not there, and kustomize refuses to build\n  fix: mend the path, or select only objects that have it',
  ]);
});
