import type { KubeObject } from '../../cluster/kube-client';

type Step = string | number;
type Parts = Record<Step, unknown>;

/** A change to one value: its name, and whether it applies there. */
const CHANGES: Readonly<Record<string, (parts: Parts, step: Step, pick: <T>(from: readonly T[]) => T) => boolean>> = {
  'taken out'(parts, step) {
    if (Array.isArray(parts)) parts.splice(step as number, 1);
    else delete parts[step];
    return true;
  },
  'of another type'(parts, step, pick) {
    parts[step] = pick([typeof parts[step] === 'string' ? 7 : '7', true, {}, [], { a: 'b' }, ['a']]);
    return true;
  },
  'under a misspelt name'(parts, step) {
    if (typeof step === 'number') return false;
    parts[`${step}x`] = parts[step];
    return delete parts[step];
  },
  'another text'(parts, step, pick) {
    if (typeof parts[step] !== 'string') return false;
    parts[step] = pick(['', 'UPPER', 'with space', '-x', 'x'.repeat(70), '5', 'true', 'a.b', '1Gi']);
    return true;
  },
  'another number'(parts, step, pick) {
    if (typeof parts[step] !== 'number') return false;
    parts[step] = pick([-1, 0, 1, 70_000, 1.5, 3_000_000_000]);
    return true;
  },
  'with an item twice'(parts, step) {
    const list = parts[step];
    return Array.isArray(list) && list.length > 0 && list.push(structuredClone(list[0])) > 0;
  },
  'with a field that nobody has'(parts, step, pick) {
    const value = parts[step];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    (value as Parts)['zzz'] = pick(['a', 1, {}]);
    return true;
  },
  'null'(parts, step) {
    parts[step] = null;
    return true;
  },
};

/** Copies of objects with one change each, the same ones for the same seed; what names the object stays. */
export function* mutated(objects: readonly KubeObject[], count: number, seed: number): Generator<{ object: KubeObject; what: string }> {
  let state = seed;
  const pick = <T>(from: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return from[Math.floor((state / 0x80000000) * from.length)]!;
  };
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort();
  for (let made = 0; made < count;) {
    const kind = pick(kinds);
    const object = structuredClone(pick(objects.filter((each) => each.kind === kind)));
    const path = pick(pathsIn(object).filter(([first, second]) => first !== 'apiVersion' && first !== 'kind' && !(first === 'metadata' && [undefined, 'name', 'namespace'].includes(second as string))));
    if (path === undefined) continue;
    const name = pick(Object.keys(CHANGES));
    const parts = path.slice(0, -1).reduce<unknown>((value, step) => (value as Parts)[step], object) as Parts;
    if (!CHANGES[name]!(parts, path.at(-1)!, pick)) continue;
    made++;
    yield { object, what: `${path.join('.')} ${name}` };
  }
}

function pathsIn(value: unknown, at: readonly Step[] = []): (readonly Step[])[] {
  const below = typeof value !== 'object' || value === null ? [] : Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [...(at.length > 0 ? [at] : []), ...(below as [Step, unknown][]).flatMap(([step, each]) => pathsIn(each, [...at, step]))];
}
