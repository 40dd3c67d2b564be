import { formatGithub } from '../../../src/checks/output/github';
import { missing, report, untagged } from './report';

test('each finding is an annotation of its line, with paths from the top of the repository', () => {
  const skipped = [{ rules: ['path-missing', 'duplicate'], reason: 'kustomize is not installed', fix: 'install it' }];

  expect(formatGithub(report([untagged, missing, { ...missing, severity: 'notice', file: '', object: undefined }], { skipped }, { prefix: 'gitops' }))).toBe(
    '::warning file=gitops/apps/web.yaml,line=4,title=image-without-tag::Deployment shop/web: runs "nginx", whatever that is today%0Afix: name a version\n'
    + '::error file=gitops/clusters/prod/apps.yaml,line=3,title=depends-on-missing::Kustomization flux-system/apps: depends on the Kustomization flux-system/databse, which does not exist in this cluster%0Afix: write "name: database", if that is meant\n'
    + '::notice title=depends-on-missing::depends on the Kustomization flux-system/databse, which does not exist in this cluster%0Afix: write "name: database", if that is meant\n'
    + '::warning title=not checked::path-missing, duplicate: kustomize is not installed%0Afix: install it\n'
    + 'fluxwright check: 1 error, 1 warning and 1 notice (41 objects, 6 Flux Kustomizations of 2 clusters, 3 rules)',
  );
});

test('a file cannot give commands to the workflow', () => {
  const hostile = { ...missing, file: 'a,line=1::x:\n::set-env name=A::b.yaml', object: 'Deployment a\r\n::stop-commands::x', message: '100%\n::error::no' };

  const text = formatGithub(report([hostile]));

  expect(text.split(/[\r\n]/)).toHaveLength(2);
  expect(text).toContain('::error file=a%2Cline=1%3A%3Ax%3A%0A%3A%3Aset-env name=A%3A%3Ab.yaml,line=3,title=depends-on-missing::Deployment a\\u000d\\n::stop-commands::x: 100%25\\n::error::no%0Afix: ');
});
