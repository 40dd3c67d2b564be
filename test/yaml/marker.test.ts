import { formatHold, formatMarker, parseHold, parseMarker } from '../../src/yaml/marker';

test('writes a marker as Flux documents it, and reads it back', () => {
  const marker = { policy: 'flux-system:app', part: 'tag' } as const;

  expect(formatMarker(marker)).toBe('{"$imagepolicy": "flux-system:app:tag"}');
  expect(parseMarker(formatMarker(marker))).toEqual(marker);
});

test.each([
  'a comment',
  '{"$imagepolicy": "app"}',
  '{"$imagepolicy": "flux-system:app:version"}',
  '{"$imagepolicy": "flux-system:app", "since": 2024}',
  '{"$imagepolicy": 1}',
  '{"$imagepolicy": "flux-system:app"} and more',
])('takes %j for no marker, as Flux does', (comment) => {
  expect(parseMarker(comment)).toBeUndefined();
});

test('writes a hold that no reader of YAML stumbles over, and reads it back', () => {
  const hold = { literal: 'registry/äpp:"1"\u2028', marker: { policy: 'flux-system:app' } };

  expect(formatHold(hold)).toBe('{"$held": "registry/\\u00e4pp:\\"1\\"\\u2028", "$imagepolicy-held": "flux-system:app"}');
  expect(parseHold(formatHold(hold))).toEqual(hold);
});
