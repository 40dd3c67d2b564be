import { isPlaceholder, isSetAside } from '../../src/model/set-aside';

test.each(['.archive/web/ks.yaml', 'archive/ks.yaml', 'clusters/template/apps.yaml', 'apps/app-template/sync.yaml', 'docs/examples/ks.yaml', 'k8s/server/sync-template.yaml', 'apps/web.disabled.yaml', 'apps/_deprecated/web.yaml'])('%s is kept, not run', (path) => {
  expect(isSetAside(path)).toBe(true);
});

test.each(['clusters/test/apps.yaml', 'apps/staging/sync.yaml', 'apps/templates-server/web.yaml', 'apps/examples.yaml', 'apps/samples-api/web.yaml'])('%s is run', (path) => {
  expect(isSetAside(path)).toBe(false);
});

test('names that have yet to be filled in are known by their brackets', () => {
  expect(['${BRANCH}-web', '{{ .name }}', '<cluster>', 'web-prod'].map(isPlaceholder)).toEqual([true, true, true, false]);
});
