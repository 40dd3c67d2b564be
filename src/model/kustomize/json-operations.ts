import { isMapping, mapping, textAt, type Data, type Step } from '../fields';

/** Stands in data for what cannot be told without building it. */
export const UNSEEN: unique symbol = Symbol('unseen');

/** What an operation of a JSON patch does to an object. */
export interface OperationResult {
  readonly data: unknown;
  /** What does not fit; `fails` where kustomize refuses to build, else it goes on with something else than what was meant. */
  readonly problem?: { readonly text: string; readonly fails: boolean };
}

/** Applies one operation as the library does that kustomize uses, which is laxer than the standard. */
export function applyOperation(data: unknown, operation: unknown): OperationResult {
  const { op, value } = mapping(operation);
  const written = textAt(operation, 'path');
  if (written === undefined) return { data };
  const path = stepsOf(written);
  if (path.length > DEEPEST) return { data: UNSEEN };
  if (!written.startsWith('/')) {
    const read = written.includes('/') ? `"${written.slice(written.indexOf('/'))}"` : 'the whole object';
    return { data, problem: { text: `the path "${written}" does not begin with "/": kustomize drops its first part, and changes ${read}`, fails: false } };
  }
  const parent = find(data, path.slice(0, -1));
  if (parent.state === 'unseen') return { data: markUnseen(data, path) };
  const refused = (text: string): OperationResult => ({ data, problem: { text, fails: true } });
  if (parent.state === 'missing' || !isContainer(parent.value)) return op === 'test' && value === null ? { data } : refused(`"${written}" is not there: there is no ${pointer(path.slice(0, parent.state === 'missing' ? parent.depth + 1 : path.length - 1))}`);
  const target = find(data, path);
  switch (op) {
    case 'remove':
      return target.state === 'missing' ? refused(`"${written}" is not there`) : { data: withoutStep(data, path) };
    case 'test':
      return target.state === 'missing' && value !== null ? refused(`"${written}" is not there`) : { data };
    case 'replace':
      if (target.state === 'missing' && Array.isArray(parent.value)) return refused(`"${written}" is not there: the list has ${items(parent.value)}`);
      return { data: withStep(data, path, value), ...(target.state === 'missing' ? { problem: { text: `"${written}" is not there: kustomize adds it`, fails: false } } : {}) };
    case 'add': {
      if (!Array.isArray(parent.value)) return { data: withStep(data, path, value) };
      const last = path.at(-1)!;
      const at = last === '-' ? parent.value.length : Number(last);
      if (!Number.isInteger(at) || at > parent.value.length || at < -parent.value.length) return refused(`"${written}" cannot be added: the list has ${items(parent.value)}`);
      return { data: withStep(data, path.slice(0, -1), [...parent.value.slice(0, at), value, ...parent.value.slice(at)]) };
    }
    default:
      return { data: markUnseen(data, path.slice(0, 1)) }; // copy and move: what they bring is not followed
  }
}

/** No object of Kubernetes is. */
const DEEPEST = 200;

function stepsOf(path: string): string[] {
  return path.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function pointer(path: readonly string[]): string {
  return `"/${path.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}"`;
}

function items(list: readonly unknown[]): string {
  return list.length === 1 ? 'one item' : `${list.length} items`;
}

type Found = { readonly state: 'there'; readonly value: unknown } | { readonly state: 'missing'; readonly depth: number } | { readonly state: 'unseen' };

function find(data: unknown, path: readonly string[]): Found {
  let value = data;
  for (const [depth, step] of path.entries()) {
    if (value === UNSEEN) return { state: 'unseen' };
    if (depth === 1 && step === 'annotations' && path[0] === 'metadata' && !Object.hasOwn(mapping(value), step)) value = {}; // kustomize keeps notes of its own there
    else {
      const key = Array.isArray(value) ? indexOf(value, step) : step;
      if (!isContainer(value) || key === undefined || !Object.hasOwn(value, key)) return { state: 'missing', depth };
      value = (value as Record<Step, unknown>)[key];
    }
  }
  return value === UNSEEN ? { state: 'unseen' } : { state: 'there', value };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function indexOf(list: readonly unknown[], step: string): number | undefined {
  if (!/^-?\d+$/.test(step)) return undefined;
  const index = Number(step);
  return index < 0 ? list.length + index : index;
}

function withStep(data: unknown, path: readonly string[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(data)) return data.map((item: unknown, index) => (index === indexOf(data, step) ? withStep(item, rest, value) : item));
  return { ...mapping(data), [step]: withStep(mapping(data)[step], rest, value) };
}

function withoutStep(data: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return data;
  if (Array.isArray(data)) {
    const at = indexOf(data, step);
    return rest.length === 0 ? data.filter((_, index) => index !== at) : data.map((item: unknown, index) => (index === at ? withoutStep(item, rest) : item));
  }
  const { [step]: child, ...others } = mapping(data);
  return rest.length === 0 ? others : { ...others, [step]: withoutStep(child, rest) };
}

/** What lies at a path may now be anything; nothing is said of a path that leads nowhere. */
export function markUnseen(data: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path;
  if (step === undefined || !isMapping(data)) return UNSEEN;
  return { ...data, [step]: rest.length === 0 || data[step] === undefined ? UNSEEN : markUnseen(data[step], rest) };
}

/** Merges a patch into an object by its fields. Lists are merged by keys that only the API knows: what comes of one is unseen. */
export function mergePatch(data: unknown, patch: Data): unknown {
  if (data === UNSEEN) return UNSEEN;
  const { $patch: directive, ...fields } = patch;
  if (directive === 'replace') return fields;
  if (directive === 'delete') return undefined;
  const merged: Record<string, unknown> = { ...mapping(data) };
  for (const [field, value] of Object.entries(fields)) {
    if (field.startsWith('$')) {
      const list = field.slice(field.indexOf('/') + 1);
      if (merged[list] !== undefined) merged[list] = UNSEEN;
    } else if (value === null) delete merged[field];
    else if (isMapping(value)) {
      const result = mergePatch(merged[field], value);
      if (result === undefined) delete merged[field];
      else merged[field] = result;
    } else merged[field] = Array.isArray(value) && merged[field] !== undefined ? UNSEEN : value;
  }
  return merged;
}
