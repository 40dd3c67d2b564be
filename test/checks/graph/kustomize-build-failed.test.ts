import { runChecks } from '../../../src/checks/run-checks';
import { kustomizeBuildFailed } from '../../../src/checks/graph/kustomize-build-failed';
import { NO_SETTINGS } from '../../../src/checks/check-settings';
import { discoverClusters } from '../../../src/model/clusters';
import { Repository } from '../../../src/model/repository';
import { Walker } from '../../../src/model/walk';
import { bootstrapped, kustomization, treeOf } from '../check-tree';

test('what cannot be built is an error, in the words of the program that tried', async () => {
  const repository = new Repository(treeOf({ ...bootstrapped('clusters/prod'), 'clusters/prod/web.yaml': kustomization('web', './web'), 'web/kustomization.yaml': 'resources: [gone.yaml]\n' }));
  const walker = new Walker(repository);
  const clusters = await discoverClusters(repository, walker, async (requests) => requests.map(({ path }) => (
    path === 'web' ? { objects: [], files: new Set<string>(), failure: 'accumulating resources:\n  gone.yaml: no such file' } : walker.walk(path)
  )));

  const { findings } = runChecks({ repository, walker, clusters, rendered: true, base: undefined, settings: NO_SETTINGS }, [kustomizeBuildFailed]);

  expect(findings.map(({ file, line, severity, message, in: of }) => ({ file, line, severity, message, of }))).toEqual([
    { file: 'clusters/prod/web.yaml', line: 8, severity: 'error', message: 'cannot be built: accumulating resources: gone.yaml: no such file', of: ['clusters/prod: flux-system/web'] },
  ]);
});
