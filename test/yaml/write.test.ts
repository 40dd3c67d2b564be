import { explicitNull, withComment, withoutTokens } from '../../src/yaml/comment';
import { formatMarker } from '../../src/yaml/marker';
import { writeDocuments } from '../../src/yaml/write';

const marker = formatMarker({ policy: 'flux-system:app' });

test('writes documents as people do: header, known keys first, lists indented, text of several lines as it is', () => {
  const deployment = {
    spec: { template: { containers: [{ image: 'app:1', name: 'app', args: ['--port=80', '-v', '10.0.0.1', '100%', '2m0s'] }] }, empty: {}, none: [], nothing: null, left: undefined },
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'app', labels: { on: 'yes', version: '1.10' } },
    apiVersion: 'apps/v1',
  };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'scripts' }, data: { 'run.sh': '#!/bin/sh\n\nset -e\n\tmake "all"\n', json: '{"a": 1}', greeting: 'Grüße 🚀', path: 'C:\\temp', quote: "it's", tab: 'a\tb' } };

  expect(writeDocuments([deployment, config], ['Generated.', '', 'Do not edit\nby hand.']).text).toMatchInlineSnapshot(`
"# Generated.
#
# Do not edit
# by hand.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
  namespace: shop
  labels:
    "on": "yes"
    version: "1.10"
spec:
  template:
    containers:
      - name: app
        image: app:1
        args:
          - --port=80
          - -v
          - 10.0.0.1
          - 100%
          - 2m0s
  empty: {}
  none: []
  nothing: null
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: scripts
data:
  run.sh: |
    #!/bin/sh

    set -e
    	make "all"
  json: '{"a": 1}'
  greeting: Grüße 🚀
  path: C:\\temp
  quote: it's
  tab: "a\\tb"
"
`);
});

test('says where the commented scalars are, in the text and in the object', () => {
  const pod = { kind: 'Pod', spec: { containers: [{ image: withComment('app:1', marker), name: 'app' }, { image: withComment('1708014514', marker) }] } };

  expect(writeDocuments([{ a: 'b' }, pod]).commented).toEqual([
    { document: 1, path: 'spec.containers[name=app].image', value: 'app:1', source: 'app:1', comment: marker, line: 7 },
    { document: 1, path: 'spec.containers[1].image', value: '1708014514', source: '"1708014514"', comment: marker, line: 8 },
  ]);
});

test('writes a file with a marker as kyaml would: astral characters escaped, lists as a text in it has them, no empty annotations', () => {
  const config = { kind: 'ConfigMap', metadata: { name: 'a', annotations: {} }, data: { greeting: '🚀', list: 'key:\n- a\n' }, images: [withComment('app:1', marker)] };

  expect(writeDocuments([config]).text).toMatchInlineSnapshot(`
"kind: ConfigMap
metadata:
  name: a
data:
  greeting: "\\U0001F680"
  list: |
    key:
    - a
images:
- app:1 # {"$imagepolicy": "flux-system:app"}
"
`);
});

test('names a list that would make kyaml guess the layout wrong in a file with a marker', () => {
  const config = { kind: 'Anything', 'a:b': [{ inner: ['x'] }], image: withComment('app:1', marker) };

  expect(writeDocuments([config]).text).toMatchInlineSnapshot(`
"kind: Anything
a:b:
- inner: &list3
  - x
image: app:1 # {"$imagepolicy": "flux-system:app"}
"
`);
});

test.each([
  [1e21, '1.0e+21'],
  [1e-7, '1.0e-7'],
  [2 ** 60, '1152921504606846976'],
  [-0, '0'],
  [1.5, '1.5'],
  [10n ** 30n, '1000000000000000000000000000000'],
])('writes the number %s so that every reader takes it for one', (number, written) => {
  expect(writeDocuments([{ number }]).text).toBe(`number: ${written}\n`);
});

test('writes a null that was asked for, and drops what is undefined', () => {
  const object = { a: explicitNull, b: undefined, c: { d: undefined } };

  expect(writeDocuments([object]).text).toBe('a: null\nc: {}\n');
  expect(withoutTokens(object)).toEqual({ a: null, c: {} });
});

test.each([
  [{ spec: { size: NaN } }, 'spec.size is NaN, which YAML cannot hold'],
  [{ spec: [{ name: 'a', run: () => 1 }] }, 'spec[name=a].run is a function, which YAML cannot hold'],
  [{ at: new Date(0) }, 'at is a Date, which YAML cannot hold'],
  [{ all: new Map([[1, 2]]) }, 'all is a Map, which YAML cannot hold'],
  [{ text: 'half \uD83D' }, 'text is "half \\ud83d" with half a surrogate pair, which YAML cannot hold'],
  [{ text: 'several\n\uDE00lines' }, 'text is "several\\n\\ude00lines" with half a surrogate pair, which YAML cannot hold'],
  [Symbol('a'), 'the document is a symbol, which YAML cannot hold'],
])('refuses what YAML cannot hold, with the path: %#', (document, problem) => {
  expect(() => writeDocuments([document])).toThrow(expect.objectContaining({ code: 'value-not-yaml', message: `${problem}\n  fix: give a string, number, boolean, list or map` }));
});

test.each([
  [{ data: { script: withComment('run\nthis', marker) } }, 'data.script has a marker inside the text "run\\nthis", where Flux cannot see it\n  fix: put the marked value in a field of its own'],
  [{ data: { [withComment('key', marker)]: 1 } }, /has a marker on a map key, where Flux cannot see it/],
  [{ kind: 'List', items: [{ image: withComment('app:1', marker) }] }, 'items[0].image has a marker outside of an object of its own, where Flux cannot see it\n  fix: give each object a document of its own'],
  [[{ image: withComment('app:1', marker) }], '[0].image has a marker outside of an object of its own, where Flux cannot see it\n  fix: give each object a document of its own'],
  [withComment('app:1', marker), 'the document has a marker outside of an object of its own, where Flux cannot see it\n  fix: give each object a document of its own'],
])('refuses a marker where Flux would overlook it: %#', (document, message) => {
  expect(() => writeDocuments([document])).toThrow(message);
});
