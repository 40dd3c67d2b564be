import fc from 'fast-check';
import type { KubeObject } from '../../cluster/kube-client';

type Path = readonly (string | number)[];

/** An object with one thing changed in it, and what that is. */
export interface Mutation {
  readonly object: KubeObject;
  readonly original: KubeObject;
  readonly change: string;
}

/** What somebody might write in place of any value. */
const VALUES = ['', 'a', 'A', 'no', '-', 'a_b', '10', '10Gi', '1h', 'x'.repeat(64), 0, 1, -1, 65536, 1.5, true, false, [], ['a'], {}, { a: 'b' }, null] as const;

/** One change to one of the objects: a value, a field that goes, is misspelt, comes or is there twice. */
export function mutation(objects: readonly KubeObject[]): fc.Arbitrary<Mutation> {
  return fc.record({ object: fc.constantFrom(...objects.filter((object) => changeablePaths(object).length > 0)), at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), how: fc.constantFrom('value', 'value', 'value', 'remove', 'misspell', 'add', 'repeat' as const), value: fc.constantFrom(...VALUES) })
    .map(({ object, at, how, value }) => {
      const paths = changeablePaths(object);
      const path = paths[Math.floor(at * paths.length)]!;
      return { object: changed(object, path, how, value) as KubeObject, original: object, change: `${how} ${path.join('.')}${how === 'value' ? ` = ${JSON.stringify(value)}` : ''}` };
    });
}

/** Every field but those that say which object it is. */
function changeablePaths(value: unknown, path: Path = []): Path[] {
  const isIdentity = /^(apiVersion|kind|metadata|metadata\.(name|namespace))$/.test(path.join('.'));
  const below = typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, child]) => changeablePaths(child, [...path, Array.isArray(value) ? Number(key) : key])) : [];
  return path.length === 0 || isIdentity ? below : [path, ...below];
}

function changed(value: any, path: Path, how: string, replacement: unknown): unknown {
  const [step, ...rest] = path as [string | number, ...Path];
  const copy = Array.isArray(value) ? [...value] : { ...value };
  if (rest.length > 0) copy[step] = changed(value[step], rest, how, replacement);
  else if (how === 'value') copy[step] = replacement;
  else if (how === 'repeat' && Array.isArray(copy)) copy.push(copy[Number(step)]);
  else if (how === 'remove' || how === 'repeat') Array.isArray(copy) ? copy.splice(Number(step), 1) : delete copy[step];
  else if (Array.isArray(copy)) copy.push(replacement);
  else if (how === 'misspell') {
    copy[`${step}s`] = copy[step];
    delete copy[step];
  } else copy[`${step}Extra`] = replacement;
  return copy;
}
