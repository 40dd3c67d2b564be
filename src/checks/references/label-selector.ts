import { listAt, mapping, mappingAt, textAt, textsAt } from '../../model/fields';
import { isPlaceholder } from '../../model/set-aside';

/** What labels an object has to have to be selected. */
export interface LabelSelector {
  readonly labels: Readonly<Record<string, string>>;
  readonly expressions: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[];
}

/** A selector as most APIs write it, with matchLabels and matchExpressions. */
export function labelSelector(written: unknown): LabelSelector {
  return {
    labels: labelsIn(mappingAt(written, 'matchLabels')),
    expressions: listAt(written, 'matchExpressions').flatMap((expression) => {
      const [key, operator] = [textAt(expression, 'key'), textAt(expression, 'operator')];
      return key === undefined || operator === undefined ? [] : [{ key, operator, values: textsAt(expression, 'values') }];
    }),
  };
}

/** A selector as a Service writes it: labels alone. */
export function plainSelector(written: unknown): LabelSelector {
  return { labels: labelsIn(written), expressions: [] };
}

export function labelsIn(written: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(mapping(written)).map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]));
}

export function isEmpty({ labels, expressions }: LabelSelector): boolean {
  return Object.keys(labels).length === 0 && expressions.length === 0;
}

/** Whether labels are selected. Those under `unknown` keys, and those with variables in them, may be anything. */
export function isSelected({ labels: wanted, expressions }: LabelSelector, labels: Readonly<Record<string, string>>, unknown: ReadonlySet<string>): boolean {
  return differing({ labels: wanted, expressions }, labels, unknown).length === 0 && expressions.every(({ key, operator, values }) => {
    const value = labels[key];
    if (isOpenKey(key, unknown) || (value !== undefined && isPlaceholder(value)) || values.some(isPlaceholder)) return true;
    if (operator === 'In') return value !== undefined && values.includes(value);
    if (operator === 'NotIn') return value === undefined || !values.includes(value);
    return operator === 'Exists' ? value !== undefined : operator === 'DoesNotExist' ? value === undefined : true;
  });
}

/** The keys of wanted labels that an object does not have as they are wanted. */
export function differing({ labels: wanted }: LabelSelector, labels: Readonly<Record<string, string>>, unknown: ReadonlySet<string>): string[] {
  return Object.entries(wanted).flatMap(([key, value]) => (
    labels[key] === value || isOpenKey(key, unknown) || isPlaceholder(`${key}${value}${labels[key] ?? ''}`) ? [] : [key]
  ));
}

/** Labels that controllers give to pods at run time. */
const GIVEN_LATER = /^(statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|controller-revision-hash|pod-template-hash|pod-template-generation|(batch\.kubernetes\.io\/)?(job-name|controller-uid|job-completion-index)|(.*\.)?istio\.io\/.*)$/;

function isOpenKey(key: string, unknown: ReadonlySet<string>): boolean {
  return unknown.has(key) || GIVEN_LATER.test(key);
}

/** `app=web,tier=front`. */
export function selectorText({ labels, expressions }: LabelSelector): string {
  return [
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ...expressions.map(({ key, operator, values }) => (values.length === 0 ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`)),
  ].join(',');
}
