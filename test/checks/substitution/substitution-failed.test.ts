import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { configMap, SET, settings, shop } from './shop';

const script = (text: string) => shop(SET, { 'script.yaml': configMap('run.sh', text) });

test('what Flux cannot read keeps everything from being applied', async () => {
  expect(await findingsOf('substitution-failed', script('echo ${HOSTNAME} ${files[@]}\n'))).toEqual([
    'shop/script.yaml:7 error ConfigMap shop/settings: Flux cannot read ${files[@]} in data["run.sh"] (missing closing brace), and refuses the Kustomization\n  fix: write $${ for what is not meant for Flux, or annotate the object with "kustomize.toolkit.fluxcd.io/substitute: disabled"',
  ]);
  expect((await findingsOf('substitution-failed', script('echo ${A-b}\n')))[0]).toMatch('Flux cannot read ${A-b} in data["run.sh"]');
});

testWith('kustomize', 'the render says the same', async (kustomize) => {
  const files = script('echo ${files[@]}\n');

  expect(await renderedFindingsOf(kustomize, 'substitution-failed', files)).toEqual(await findingsOf('substitution-failed', files));
  expect((await renderedFindingsOf(kustomize, 'kustomize-build-failed', files))[0]).toMatch('cannot be substituted');
});

test('a value that makes no YAML of the object is told', async () => {
  const [finding] = await findingsOf('substitution-failed', shop('postBuild:\n  substitute:\n    HOSTNAME: "[a"\n', { 'settings.yaml': settings('url: ${HOSTNAME}') }));

  expect(finding).toMatch('shop/settings.yaml:5 error ConfigMap shop/settings: with its variables put in it is no YAML any more, and Flux refuses the Kustomization: ');
});

test('operators that Flux knows, and an escape, are fine', async () => {
  expect(await findingsOf('substitution-failed', script('echo ${HOSTNAME^^} ${HOSTNAME:0:3} ${HOSTNAME/a/b} ${HOSTNAME%.*} $${files[@]}\n'))).toEqual([]);
});
