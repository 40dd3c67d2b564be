import type { Check } from '../check';
import { quoteValue } from '../schema-problem';
import { fieldsOf, problemAt, textOf, type Fields } from './object-parts';
import { isDnsLabel, isDnsSubdomain } from './syntax';

/** Kinds whose names are one label; Services became one that may begin with a digit, too. */
const LABEL_NAMED: ReadonlySet<string> = new Set(['Namespace', 'Service']);

/** Kinds whose names only have to be a step of a URL. */
const PATH_NAMED: ReadonlySet<string> = new Set(['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'PodDisruptionBudget']);

/** The name of an object, by its kind. */
export function checkName(object: Fields, isCustom: boolean, check: Check): void {
  const { name, namespace } = fieldsOf(object['metadata']);
  const text = textOf(name, check);
  const kind = object['kind'] as string;
  if (text !== undefined) {
    const problem = nameProblem(text, isCustom ? '' : kind);
    if (problem !== undefined) problemAt(check, ['metadata', 'name'], 'name', `is ${quoteValue(text)}; ${problem}`);
  }
  const home = textOf(namespace, check);
  if (home !== undefined && !isDnsLabel(home)) problemAt(check, ['metadata', 'namespace'], 'name', `is ${quoteValue(home)}; a namespace has lower-case letters, digits and dashes, at most 63 of them`);
}

function nameProblem(name: string, kind: string): string | undefined {
  if (PATH_NAMED.has(kind)) return name === '.' || name === '..' || /[/%]/.test(name) ? 'it must not hold "/" or "%"' : undefined;
  if (LABEL_NAMED.has(kind)) return isDnsLabel(name) ? undefined : `the name of a ${kind} has lower-case letters, digits and dashes, at most 63 of them, and begins and ends with a letter or digit`;
  if (kind === 'CronJob' && name.length > 52) return `it has ${name.length} characters; a CronJob's name has at most 52, since its Jobs append theirs`;
  if (kind === 'Job' && name.length > 63) return `it has ${name.length} characters; a Job's name has at most 63, since it becomes a label of its pods`;
  if (kind === 'IPAddress') return undefined;
  return isDnsSubdomain(name) ? undefined : 'a name has lower-case letters, digits, dashes and dots, and begins and ends with a letter or digit';
}
