import { formatJson } from '../../../src/checks/output/json';
import { COUNTS, missing, report, untagged } from './report';

test('it is all there is, with the sums in front', () => {
  const skipped = [{ rules: ['path-missing'], reason: 'kustomize is not installed', fix: 'install it' }];

  expect(JSON.parse(formatJson(report([untagged, missing], { skipped, suppressed: 3 })))).toEqual({
    version: 1,
    summary: { errors: 1, warnings: 1, notices: 0, suppressed: 3, ...COUNTS },
    findings: [untagged, missing],
    skipped,
  });
});
