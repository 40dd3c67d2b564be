import { testWith } from '../../tools';
import { findingsOf, renderedFindingsOf } from '../check-tree';
import { configMap, SET, shop } from './shop';

const script = (text: string, key = 'run.sh', metadata = '') => shop(SET, { 'script.yaml': configMap(key, text, metadata) });

test('variables of a script are taken for those of Flux', async () => {
  expect(await findingsOf('script-variable-substituted', script('target=/backup\ncp -r /data ${target} ${1}\n'))).toEqual([
    'shop/script.yaml:7 error ConfigMap shop/settings: Flux takes ${target} and ${1} in data["run.sh"] for its own, which have no value: Flux refuses the Kustomization\n  fix: write $${…} for the program\'s own, annotate the object with "kustomize.toolkit.fluxcd.io/substitute: disabled", or set what is meant for Flux',
  ]);
});

test('so are those of a dashboard or a configuration file, and of a command', async () => {
  expect((await findingsOf('script-variable-substituted', script('{"title": "${instance}",\n "x": 1}\n', 'dashboard.json')))[0]).toMatch('Flux takes ${instance} in data["dashboard.json"] for its own, which has no value');
  const job = 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: job, namespace: shop }\nspec:\n  template:\n    spec:\n      containers:\n        - name: job\n          command: [sh, -c, "for f in *; do echo ${f}; done"]\n';
  expect((await findingsOf('script-variable-substituted', shop(SET, { 'job.yaml': job })))[0]).toMatch('shop/job.yaml:9 error Job shop/job: Flux takes ${f} in spec.template.spec.containers[0].command[2] for its own');
});

test('what a script sets itself, Flux overrules by its own value or by the default', async () => {
  expect(await findingsOf('script-variable-substituted', script('HOSTNAME=$(hostname)\necho ${HOSTNAME} ${1:-all}\n'))).toEqual([
    'shop/script.yaml:7 warning ConfigMap shop/settings: Flux takes ${HOSTNAME} and ${1} in data["run.sh"] for its own, and the script sets them itself: what it sets is never read\n  fix: write $${…} for the program\'s own, annotate the object with "kustomize.toolkit.fluxcd.io/substitute: disabled", or set what is meant for Flux',
  ]);
});

testWith('kustomize', 'a script that a generator makes a ConfigMap of is looked into, once it is rendered', async (kustomize) => {
  const files = shop(SET, { 'kustomization.yaml': 'configMapGenerator: [{ name: scripts, namespace: shop, files: [run.sh] }]\n', 'run.sh': '#!/bin/sh\necho ${count}\n' });

  expect((await renderedFindingsOf(kustomize, 'script-variable-substituted', files))[0]).toMatch(/shop\/kustomization.yaml:1 error ConfigMap shop\/scripts-\w+: Flux takes \$\{count\} in data\["run.sh"\]/);
});

test('Flux\'s own variables, both cures and an unbraced variable are fine', async () => {
  expect(await findingsOf('script-variable-substituted', script('curl ${HOSTNAME} ${PORT:-80}\nHOST=${HOST:-a}\necho $HOST\n'))).toEqual([]);
  expect(await findingsOf('script-variable-substituted', script('target=/backup\ncp -r /data $${target} $target\n'))).toEqual([]);
  expect(await findingsOf('script-variable-substituted', script('cp ${target}\nx\n', 'run.sh', '  labels: { kustomize.toolkit.fluxcd.io/substitute: disabled }\n'))).toEqual([]);
  expect(await findingsOf('script-variable-substituted', { ...script('cp ${target}\n'), 'clusters/prod/shop.yaml': shop('', {})['clusters/prod/shop.yaml']! })).toEqual([]);
});
