import { withEntry, withoutEntry } from '../../src/stages/edit-list';

const TEXT = `# head
kind: Kustomization
resources:
- ../../base   # the base

patches:
# first
- path: a.yaml # A
  target:
    kind: Deployment

# the own ones
- path: _b.yaml

# the end
namespace: x
`;

test('an entry gets its own lines, and every other line stays', () => {
  expect(withEntry(TEXT, 'patches', 1, { path: 'new.yaml' })).toBe(TEXT.replace('    kind: Deployment\n', '    kind: Deployment\n- path: new.yaml\n'));
  expect(withEntry(TEXT, 'patches', 0, { path: 'new.yaml' })).toBe(TEXT.replace('- path: a.yaml', '- path: new.yaml\n- path: a.yaml'));
  expect(withEntry(TEXT, 'patches', 2, { path: 'new.yaml' })).toBe(TEXT.replace('- path: _b.yaml\n', '- path: _b.yaml\n- path: new.yaml\n'));
});

test('a list that is not there comes to the end, as far in as the others', () => {
  expect(withEntry('resources:\n- a', 'patches', 0, { path: 'x.yaml' })).toBe('resources:\n- a\npatches:\n- path: x.yaml\n');
  expect(withEntry('resources:\n    - a\n', 'patchesStrategicMerge', 0, 'x.yaml')).toBe('resources:\n    - a\npatchesStrategicMerge:\n    - x.yaml\n');
});

test('the line ends of Windows stay', () => {
  expect(withEntry(TEXT.replaceAll('\n', '\r\n'), 'patches', 1, { path: 'new.yaml', target: { kind: 'Service' } })).toBe(TEXT.replace('    kind: Deployment\n', '    kind: Deployment\n- path: new.yaml\n  target:\n    kind: Service\n').replaceAll('\n', '\r\n'));
});

test('a list in brackets stays in brackets, and comments stay', () => {
  expect(withEntry('resources: [a] # all\npatches: [{path: b.yaml}] # one\n', 'patches', 0, { path: 'x.yaml' })).toBe('resources: [a] # all\npatches: [{path: x.yaml}, {path: b.yaml}] # one\n');
  expect(withEntry('{resources: [a]}\n', 'patches', 0, { path: 'x.yaml' })).toBe('{resources: [a], patches: [{path: x.yaml}]}\n');
});

test('an entry goes with its lines, and a list with its last entry', () => {
  expect(withoutEntry(TEXT, 'patches', 0)).toBe(TEXT.replace('- path: a.yaml # A\n  target:\n    kind: Deployment\n', ''));
  expect(withoutEntry('patches:\n  - path: a.yaml\nresources: [b]\n', 'patches', 0)).toBe('resources: [b]\n');
  expect(withoutEntry('patches: [{path: a.yaml}]\nresources: [b]\n', 'patches', 0)).toBe('resources: [b]\n');
});
