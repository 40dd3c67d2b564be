import { testApp } from 'fluxwright/testing';
import { Directory } from '../../src/app/directory';
import { FieldChecks } from '../../src/app/field-checks';

const check = (variables: string[] = []): FieldChecks => new FieldChecks(new Directory(testApp(), 'shop', { variables }), 'Shop');

test('a declared variable is a valid part of any value, and the whole of it', () => {
  const checks = check(['ENV', 'SIZE', 'EVERY', 'COUNT']);

  checks.name('shop-${ENV}').label('${ENV}').labels({ environment: '${ENV}', 'shop.example.com/env': 'of-${ENV}' });
  checks.quantity('storage.size', '${SIZE}').quantity('storage.size', '${SIZE}Gi').duration('interval', '${EVERY}').duration('interval', '${COUNT}m');

  expect(() => checks.done()).not.toThrow();
});

test('everything that is wrong with one construct is said at once, a variable that nobody declares among it', () => {
  const checks = check().name('Shop_1').label('a.b').duration('interval', '5 minutes').quantity('storage.size', '10GB').labels({ 'a/b/c': 'x y' }).name('shop-${ENV}', 'name');

  expect(() => checks.done()).toThrowErrorMatchingInlineSnapshot(`
"Shop "shop" has metadata.name "Shop_1"
  fix: use lower-case letters, digits, "-" and ".", starting and ending with a letter or digit
Shop "shop" has metadata.name "a.b"
  fix: use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit
Shop "shop" has interval "5 minutes"
  fix: write hours, minutes and seconds, such as "1h" or "2m30s"
Shop "shop" has storage.size "10GB"
  fix: write a number with a unit, such as "500m", "512Mi" or "10Gi"
Shop "shop" has the key of metadata.labels "a/b/c"
  fix: write "name" or "prefix/name", the name at most 63 letters, digits, "-", "_" and "."
Shop "shop" has metadata.labels.a/b/c "x y"
  fix: use at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit
Shop "shop" has name "shop-\${ENV}", where ENV is no variable of its directory
  fix: declare it: variables: ['ENV']"
`);
});
