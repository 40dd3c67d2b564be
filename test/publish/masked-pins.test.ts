import fc from 'fast-check';
import { maskPins, maskPinsOf } from '../../src/publish/pins/masked-pins';
import { ManifestFile } from '../../src/tree/file';
import { withComment } from '../../src/yaml/comment';
import { formatHold, formatMarker } from '../../src/yaml/marker';
import { data, mapOf, text } from '../yaml/nasty-values';

const comment = fc.oneof(
  fc.constantFrom('app', 'app:tag', 'app:name').map((policy) => formatMarker({ policy: `ns:${policy}` })),
  text.map((literal) => formatHold({ literal, marker: { policy: 'ns:app' } })),
  fc.constant('just a remark'),
);
const scalar = fc.oneof(text.filter((value) => !/[\r\n\u0085\u2028\u2029]/.test(value)), fc.constantFrom('ghcr.io/app:1', '1.10', 'yes'));
const pin = fc.tuple(scalar, comment).map(([value, behind]) => withComment(value, behind));
const pins = fc.array(fc.oneof(pin, fc.record({ name: text, image: pin }), text), { maxLength: 4 });
const object = fc.record({ kind: fc.constant('Anything'), spec: pins, values: fc.oneof(data, mapOf(data)), more: fc.dictionary(fc.constantFrom('a', 'b', 'c d'), fc.oneof(pin, pins)) });

test('what a file of constructs says but for its pins is the same whether it is asked itself or read back', () => {
  fc.assert(fc.property(fc.array(object, { minLength: 1, maxLength: 3 }), fc.array(text, { maxLength: 1 }), (objects, header) => {
    const file = ManifestFile.fromObjects('a.yaml', objects, header);

    expect(maskPinsOf(file)).toBe(maskPins(file.text));
  }), { numRuns: 200 });
});

test('a pin and what is behind it go, and a line of a text that looks like one stays', () => {
  const marker = '# {"$imagepolicy": "ns:app"}';
  const file = ManifestFile.fromObjects('a.yaml', [{ image: withComment('app:1', marker.slice(2)), script: `image: app:1 ${marker}\nend\n` }]);

  expect(maskPinsOf(file)).toBe(`image: \nscript: |\n  image: app:1 ${marker}\n  end\n`);
  expect(maskPinsOf(ManifestFile.fromText('a.yaml', file.text.replaceAll('\n', '\r\n')))).toBe(maskPinsOf(file));
});
