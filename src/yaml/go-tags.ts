import type { ScalarTag, Tags } from 'yaml';

/**
 * The scalars of YAML as go-yaml v3 understands them, where that differs from YAML 1.2: octal `0755`, binary `0b11`,
 * underscores in numbers, dates, `!!binary`.
 */
export function goTags(core: Tags): Tags {
  return [number, float, binary, ...core.filter((tag) => typeof tag === 'string' || tag.tag !== number.tag)];
}

/** Whatever begins like a number; what turns out to be none stays a string. */
const number: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?\.?[0-9_]/,
  resolve: (text) => dateOf(text) ?? numberOf(text) ?? text,
};

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['', null], ['~', null], ['null', null], ['Null', null], ['NULL', null],
  ['true', true], ['True', true], ['TRUE', true], ['false', false], ['False', false], ['FALSE', false],
]);

/** What begins a number, a date or one of the words; nearly no string does. */
const TELLING = /^[-+._0-9~nNtTfF]/;
const USUAL_NUMBER = /^[1-9][0-9]{0,14}$/;

/** What a scalar without quotes and tags means. */
export function goScalar(text: string): unknown {
  if (text !== '' && !TELLING.test(text)) return text;
  if (USUAL_NUMBER.test(text)) return Number(text);
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return NaN;
  return /^[-+]?\.?[0-9_]/.test(text) ? dateOf(text) ?? numberOf(text) ?? text : text;
}

/** `!!float 3`, said with the tag. */
const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  resolve: (text) => numberOf(text) ?? text,
};

const binary: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve: (text) => Buffer.from(text, 'base64').toString('utf8'),
};

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+)|(0|[1-9][0-9]*))$/;
/** Go parses what stands behind `0o` and `0b` as a number with a sign of its own. */
const INNER_SIGN = /^(0[ob])([-+])([0-9]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

function numberOf(text: string): number | undefined {
  if (text.startsWith('_')) return undefined;
  const digits = text.replace(text.startsWith('.') ? /(?<=[0-9])_(?=[0-9])/g : /_/g, '');
  const [, sign, hex, octal, bits, decimal] = INTEGER.exec(digits.replace(INNER_SIGN, '$2$1$3')) ?? [];
  const whole = hex !== undefined ? `0x${hex}` : octal !== undefined ? `0o${octal}` : bits !== undefined ? `0b${bits}` : decimal;
  if (whole !== undefined) return sign === '-' && Number(whole) !== 0 ? -Number(whole) : Number(whole);
  return FLOAT.test(digits) && Number.isFinite(Number(digits)) ? Number(digits) : undefined;
}

const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt]| )(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d*)?(Z|[-+]\d\d:\d\d)?)?$/;

/** Go reads a date as a time, which becomes a string again in JSON: `2024-01-01` is `2024-01-01T00:00:00Z`. */
function dateOf(text: string): string | undefined {
  const [matched, year, month, day, between, hour = '0', minute = '0', second = '0', fraction = '', zone] = DATE.exec(text) ?? [];
  if (matched === undefined || (between === ' ') === (zone !== undefined) && between !== undefined) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const [, ...fields] = [year, month, day, hour, minute, second].map((field) => field!.padStart(2, '0'));
  return `${year}-${fields[0]}-${fields[1]}T${fields[2]}:${fields[3]}:${fields[4]}${fraction.replace(/\.?0*$/, '')}${zone ?? 'Z'}`;
}
