import { slip } from '../../../src/checks/references/name-typo';

test.each([
  ['web-scret', 'web-secret', 'sure'],
  ['letsencrytp', 'letsencrypt', 'sure'],
  ['cluster-setttings', 'cluster-settings', 'sure'],
  ['app-secret', 'app-secrets', 'likely'],
  ['pgsecret', 'pg-secret', 'likely'],
  ['ehco', 'echo', 'likely'],
  ['web-1', 'web-2', undefined],
  ['app-a', 'app-b', undefined],
  ['gateway-internal', 'gateway-external', undefined],
  ['radarr', 'lidarr', undefined],
  ['web-secret', 'web-config', undefined],
  ['web', 'web', undefined],
] as const)('%s for %s: %s', (name, meant, expected) => {
  expect(slip(name, meant)).toBe(expected);
});
