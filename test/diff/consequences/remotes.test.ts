import { consequencesOf, diffOf, edited, replaced, type Files } from '../diff-files';
import { fleet, flux } from '../fleet';

const RELEASE = 'https://example.com/releases/download/v1.16.1/operator.yaml';
const fetching: Files = edited(fleet, {
  'clusters/production/operator.yaml': flux('operator', 'operator'),
  'operator/kustomization.yaml': `resources:\n  - ${RELEASE}\n  - namespace.yaml\n`,
  'operator/namespace.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: operator\n',
});

test('a release that is no longer fetched takes all along that came from it, and another version takes its place', async () => {
  expect(await consequencesOf(fetching, replaced(fetching, 'operator/kustomization.yaml', `  - ${RELEASE}\n`, ''))).toEqual([`danger [object-deleted] deletes all that comes from ${RELEASE}`]);
  expect(await consequencesOf(fetching, replaced(fetching, 'operator/kustomization.yaml', 'v1.16.1', 'v1.17.0'))).toEqual([]);
});

test('a Flux Kustomization whose objects are fetched takes them along when it is renamed', async () => {
  const { consequences } = await diffOf(fetching, replaced(fetching, 'clusters/production/operator.yaml', 'name: operator', 'name: operators'));

  expect(consequences).toMatchObject([{ class: 'kustomization-removed', severity: 'danger', affected: ['ConfigMap operator/settings', `all of ${RELEASE}`] }]);
});
