import { matcherOf } from '../../flux/re2';
import { isClusterScoped } from '../../tree/cluster-scoped';
import { at, isMapping, textAt, type Data } from '../fields';
import { isPlaceholder } from '../set-aside';
import type { BuiltObject } from './built-object';
import { UNSEEN } from './json-operations';

/** Whether a target selects an object; undefined where that cannot be told. */
export function selects(target: Data, object: BuiltObject): boolean | undefined {
  const { group, version, kind, ids } = object;
  const known = [ids[0]!, ids.at(-1)!]; // kustomize looks at the first and at the last name, not at those between
  const answers = [
    matches(textAt(target, 'group'), [group]),
    matches(textAt(target, 'version'), [version]),
    matches(textAt(target, 'kind'), [kind]),
    matches(textAt(target, 'name'), known.map(({ name }) => name)),
    matches(textAt(target, 'namespace'), known.map(({ namespace }) => effectiveNamespace(kind, namespace))),
    selectorMatches(textAt(target, 'labelSelector'), at(object.data, 'metadata'), 'labels'),
    selectorMatches(textAt(target, 'annotationSelector'), at(object.data, 'metadata'), 'annotations'),
  ];
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** The fields of a target that narrow down what it selects. */
export function narrowing(target: Data): string[] {
  const fields = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'];
  return fields.filter((field) => !['', '.*', '.+', '^.*$'].includes(textAt(target, field) ?? ''));
}

/** kustomize takes no namespace for `default`, and that of what belongs to none for one that nothing is called. */
export function effectiveNamespace(kind: string, namespace: string | undefined): string {
  return isClusterScoped(kind) ? '_non_namespaceable_' : namespace === undefined || namespace === '' ? 'default' : namespace;
}

/** Whether an object has or had a name. */
export function hasName({ kind, ids }: BuiltObject, name: string, namespace: string | undefined): boolean {
  return ids.some((id) => id.name === name && effectiveNamespace(kind, id.namespace) === effectiveNamespace(kind, namespace));
}

function matches(pattern: string | undefined, values: readonly string[]): boolean | undefined {
  if (pattern === undefined || pattern === '') return true;
  if (values.includes(pattern)) return true;
  if (isPlaceholder(pattern)) return undefined;
  if (/^[\w.-]+$/.test(pattern) && !pattern.includes('.')) return false;
  const isSlow = pattern.length > 1000 || /[+*}]\)+[+*{]/.test(pattern); // to JavaScript, not to Go
  const matcher = isSlow ? undefined : matcherOf(`^(?:${pattern})$`);
  return matcher === undefined ? undefined : values.some((value) => matcher.test(value));
}

function selectorMatches(selector: string | undefined, metadata: unknown, field: 'labels' | 'annotations'): boolean | undefined {
  if (selector === undefined || selector.trim() === '') return true;
  const found = metadata === UNSEEN ? UNSEEN : at(metadata, field);
  if (found === UNSEEN || isPlaceholder(selector)) return undefined;
  const pairs = isMapping(found) ? found : {};
  const answers = requirements(selector).map((requirement) => requirementHolds(requirement, pairs));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Splits at commas outside of parentheses. */
function requirements(selector: string): string[] {
  return selector.split(/,(?![^(]*\))/).map((requirement) => requirement.trim());
}

function requirementHolds(requirement: string, pairs: Data): boolean | undefined {
  const [, negation, key, operator, value] = /^(!?)([\w./-]+)\s*(?:(==|=|!=|\bin\b|\bnotin\b)\s*(.*))?$/.exec(requirement) ?? [];
  if (key === undefined) return undefined;
  const found = pairs[key];
  if (found === UNSEEN) return undefined;
  if (operator === undefined) return (found !== undefined) === (negation === '');
  const wanted = operator.endsWith('in') ? value!.replace(/^\(|\)$/g, '').split(',').map((one) => one.trim()) : [value!.trim()];
  const isIn = found !== undefined && wanted.includes(typeof found === 'string' ? found : JSON.stringify(found));
  return operator === '!=' || operator === 'notin' ? !isIn : isIn;
}
