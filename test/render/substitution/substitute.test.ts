import fc from 'fast-check';
import type { Data } from '../../../src/model/fields';
import { substitute } from '../../../src/render/substitution/substitute';
import { variablesOf } from '../../../src/render/substitution/variables';
import { runBatch, testWith } from '../../tools';
import { canonical, fluxKustomization } from '../flux-builds';

const VARIABLES = {
  INT: '8080', OCTAL: '0644', HEX: '0x1F', BITS: '0b11', FLOAT: '1.50', EXP: '1e5', LONE: '.5', UNDER: '1_000', YES: 'yes', OFF: 'Off', Y: 'y', NULL: '~', EMPTY: '', DATE: '2024-01-01',
  WORD: 'shop', SPACED: ' a b ', COLON: 'a: b', HASH: 'a #b', LIST: '[a, 1]', MAP: '{a: yes}', QUOTE: '"q"', SINGLE: "it's", STAR: '*x', DASH: '- a', SEX: '1:30', PERCENT: '%d', MULTI: 'a\nb', BACK: 'a\\n', TAG: '!!str 5', TAB: 'a\tb',
};

const flux = fluxKustomization({ postBuild: { substitute: VARIABLES } });

/** Values that are YAML of their own: they count where they stand alone. */
const STRUCTURES = ['QUOTE', 'LIST', 'MAP', 'DASH', 'TAG', 'STAR', 'TAB', 'COLON'];
const reference = (names: readonly string[]) => fc.constantFrom(...names).map((name) => `\${${name}}`);

const text = fc.array(fc.oneof(
  { weight: 4, arbitrary: reference(Object.keys(VARIABLES).filter((name) => !STRUCTURES.includes(name))) },
  { weight: 3, arbitrary: fc.constantFrom('a', '1', ' ', ':', ': ', '#', ' #', '-', '- ', '"', "'", '$$', '$${X}', '\n', ' \n', '\n ', ',', '[', ']', '{', '}', '%', '&', '*', '!', '|', '>', '@', '`', '?', '\\', '=', 'yes', 'null', '0', '.', '_', 'é', '😀', '\u00a0', '<<', '~', 'x'.repeat(130)) },
  { weight: 1, arbitrary: fc.constantFrom('${WORD:-x y}', '${UNSET:=5}', '${UNSET:-yes}', '${INT:1:2}', '${WORD^^}', '${#WORD}') },
), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const key = fc.array(fc.oneof(reference(['WORD', 'INT', 'YES', 'NULL', 'EMPTY', 'DATE', 'SPACED', 'MAP']), fc.constantFrom('a', '/', '.', '-', ' ', '1', 'x'.repeat(130))), { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));
const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, { weight: 6, arbitrary: text }, { weight: 2, arbitrary: reference(Object.keys(VARIABLES)) }, fc.constantFrom<unknown>(true, null, 5, 1.5, '', [], {}), fc.array(tie('any'), { maxLength: 3 }), fc.dictionary(key, tie('any'), { maxKeys: 2, noNullPrototype: true })),
})).any;

testWith('fluxbuild', 'objects become what they become in Flux, with the types that their fields then have', (fluxbuild) => {
  const objects = fc.sample(value, { numRuns: 6_000, seed: 11 }).map((spec): Data => ({ apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'thing' }, spec }));

  const answers = runBatch<{ objects?: readonly unknown[]; error?: string }>(fluxbuild, objects.map((object) => ({ object, kustomization: flux, strict: true })));

  const variables = variablesOf(flux, 'flux-system', () => undefined)!;
  const differing = objects.flatMap((object, index) => {
    const { objects: [expected] = [], error } = answers[index]!;
    const { data, failure, unset } = substitute(object, variables);
    const refused = failure !== undefined || unset.length > 0;
    return refused === (error !== undefined) && (refused || canonical(data) === canonical(expected)) ? [] : [{ object: canonical(object['spec']), ours: failure ?? canonical(data['spec']), flux: error ?? canonical((expected as Data)['spec']) }];
  });
  expect({ count: differing.length, first: differing.slice(0, 8) }).toEqual({ count: 0, first: [] });
}, 300_000);
