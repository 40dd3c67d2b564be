/** Strings, keys and data that some YAML reader or writer gets wrong. */
import fc from 'fast-check';

/** Words that one reader or another takes for something else than the string they are. */
export const WORDS = [
  '', 'y', 'Y', 'yes', 'Yes', 'YES', 'n', 'N', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF', 'true', 'True', 'TRUE', 'false', 'False', 'FALSE',
  'null', 'Null', 'NULL', '~', '<<', '=', '.', '..', '...', '---', '--- a', '.inf', '-.inf', '+.Inf', '.INF', '.nan', '.NaN', 'nan', 'inf', 'Infinity', 'NaN',
  '0', '-0', '+0', '1', '+1', '-1', '012', '0o17', '0O17', '0x1F', '0X1f', '0b11', '-0b11', '1_000', '_1', '1_', '1e3', '1E3', '1e+3', '1.5e-3', '1e', 'e1', '.5', '5.', '+.5', '-.5e1', '0.1', '1.10',
  '1708014514', '20240101', '0755', '08', '9007199254740993', '1e400', '12:30', '12:30:45', '1:2', '190:20:30.15', '2001-01-01', '2001-1-1', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5',
  '0x', '0b', '0o', '0b2', '0o8', '0xg', '0x1p3', '0x1.8p1', '1__0', '0_0', '1,000', '1 000', '1/2', '10.0.0.1', '10.0.0.0/8', '::1', 'fe80::1', '1.2.3', 'v1.2.3', '1.2.3-rc.1', '2m0s', '100%', '10Gi', '0.5', '500m', '1h', '1d',
  '*', '*a', '&', '&a', '!', '!a', '!!str a', '%', '%a', '@', '@a', '`', '`a', '?', '? a', '?a', '-', '- a', '-a', '--', ':', ': a', ':a', 'a:', 'a: b', 'a:b', 'a :b', '#', '# a', '#a', 'a #b', 'a# b', 'a#b',
  '[', ']', '{', '}', '[a]', '{a: b}', 'a]', 'a, b', ',', ',a', '|', '|-', '>', '>-', "'", "''", "'a'", "a'b", '"', '""', '"a"', 'a"b', '\\', '\\n', 'a\\b', '"\\"', '\'"', '{{ .Values.a }}', '${VAR}', '${VAR:=default}', '$(A)',
  ' ', ' a', 'a ', '  ', ' a ', '\t', '\ta', 'a\t', 'a\tb', '\n', '\n\n', 'a\n', '\na', 'a\nb', 'a\nb\n', 'a\nb\n\n', 'a\n\nb', '\n\na', ' a\nb', 'a\n b', 'a \nb', 'a\nb ', 'a\n \nb', 'a\n\tb', '\ta\nb', 'a\tb\nc', 'a\n\t\nb', 'a\n#b', '# a\nb', 'a\n---\nb', '---\na', '...\na', 'a\n...\n', 'a\r', 'a\rb', 'a\r\nb', '\r\n', '- a\n- b\n', 'list:\n- a\n- b\n', 'list:\n  - a\n', 'a:\n    - b\n', '#!/bin/sh\nset -e\n', '{\n  "a": 1\n}\n', '{\n\t"a": 1\n}\n', 'a\n\n\n', 'a\n  \n', '    a\n  b\n',
  '\u0000', '\u0007', '\u001b[0m', '\u007f', '\u0080', '\u0085', 'a\u0085b', '\u009f', '\u00a0', '\u00a0a', '\u00ad', '\u2028', '\u2029', 'a\u2028b', 'a\nb\u2028', '\ufeff', '\ufeffa', 'a\ufeff', '\ufffe', '\uffff', '\ufffd', '\ufdd2', '\ud7ff', '\ue000', '\u{1f600}', '\u{1f600}\nb', '\u{10ffff}', '\u{1fffe}', '\u200b', '\u202e', '日本語', 'é', 'e\u0301',
  'a'.repeat(127), 'a'.repeat(128), 'a'.repeat(129), 'é'.repeat(64), 'é'.repeat(65), 'a b '.repeat(60), `${'a'.repeat(130)}: b`, 'word '.repeat(40).trim(), 'apiVersion', 'kind', '__proto__', 'constructor', 'toString', 'on: push', 'key: |', 'a: b # c',
] as const;

const pieces = fc.constantFrom(...WORDS, 'a', 'b', 'word', ' ', '  ', '\n', '\n', '\t', ': ', ' #', ':', '-', '- ', '0', '1', '.', '_', 'e', '+', '"', "'", '\\', '---', 'key:', '\n- ', '\n  - ', '{', '}', '[', ']', ',', '$');

/** Any Unicode text, with a bent for what YAML finds hard; never a lone surrogate, nor what comments travel in. */
export const text: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
    { weight: 4, arbitrary: fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...'0123456789.+-_eExXoObBaAfF:T '), maxLength: 8 }) },
    { weight: 2, arbitrary: fc.array(fc.constantFrom('a', 'b: c', '  d', '- e', 'list:', '#f', '', '', '    g', '\th', 'i ', '---', '日本'), { maxLength: 6 }).map((lines) => lines.join('\n')) },
  )
  .map((value) => value.replace(/[\uFDD0\uFDD1]/g, ''));

const number = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 0.1, 1e21, -1e21, 1e-7, 5e-324, 1.7976931348623157e308, 2 ** 31, 2 ** 53, 2 ** 53 + 2, -(2 ** 53) - 2, 2 ** 60, 2 ** 63, 2 ** 64, 1e20, 123456789012345680000, 1.5e300),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** JSON-like data of every shape. */
export const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    { weight: 6, arbitrary: text },
    { weight: 1, arbitrary: number },
    { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
    { weight: 2, arbitrary: fc.array(tie('data'), { maxLength: 4 }) },
    { weight: 3, arbitrary: mapOf(tie('data')) },
  ),
}));

export function mapOf<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Record<string, Value>> {
  return fc.array(fc.tuple(text, value), { maxLength: 5 }).map((entries) => {
    const map: Record<string, Value> = {};
    for (const [key, item] of entries) Object.defineProperty(map, key, { value: item, enumerable: true, configurable: true, writable: true });
    return map;
  });
}
