import { report, reportAt, type Check } from './check';
import { checkBounds } from './check-bounds';
import { checkJunctors } from './check-junctors';
import { checkListType } from './check-list-type';
import { childOf, type FieldNode } from './field-node';
import { formatProblem } from './formats';
import { nearestTo } from '../nearest';
import { describeValue, quoteValue } from './schema-problem';

/** Checks a value and all below it, and adds what is wrong. */
export function checkValue(node: FieldNode, value: unknown, check: Check): void {
  if (value === null) {
    if (!node.nullable && !node.builtIn && (node.type !== undefined || node.intOrString)) report(check, 'type', `has no value (null); ${expected(node)}, or be left out`);
    return;
  }
  if (typeof value === 'string' && check.isOpaque(value)) return;
  const before = check.problems.length;
  if (!hasType(node, value)) return report(check, 'type', `is ${describeValue(value)}; ${expected(node)}${hintFor(node, value)}`);
  if (typeof value === 'string') checkText(node, value, check);
  else if (Array.isArray(value)) checkItems(node, value, check);
  else if (typeof value === 'object') checkFields(node, value as Record<string, unknown>, check);
  else if (node.intOrString || node.schema.format !== undefined) checkFormat(node, value, check);
  // an empty text is a field left out to Go, and gets the default
  if (node.allowed !== undefined && !node.allowed.has(value) && !(node.builtIn && value === '')) report(check, 'enum', notAllowed(node.allowed, value));
  if (node.hasBounds) checkBounds(node.schema, value, check);
  if (node.hasJunctors) checkJunctors(node, value, check);
  if (node.rules.length > 0 && check.problems.length === before) check.checkRules(node, node.rules, value, check);
}

function hasType({ type, intOrString, schema }: FieldNode, value: unknown): boolean {
  if (intOrString) return typeof value === 'string' || (typeof value === 'number' && (schema.format === 'quantity' || Number.isInteger(value)));
  switch (type) {
    case undefined: return true;
    case 'object': return typeof value === 'object' && !Array.isArray(value);
    case 'array': return Array.isArray(value);
    case 'integer': return typeof value === 'bigint' || Number.isInteger(value);
    case 'number': return typeof value === 'number' || typeof value === 'bigint';
    default: return typeof value === type;
  }
}

function expected({ type, intOrString }: FieldNode): string {
  if (intOrString) return 'it has to be an integer or a string';
  if (type === undefined) return 'it needs one';
  return `it has to be ${type === 'array' ? 'a list' : type === 'object' || type === 'integer' ? `an ${type}` : `a ${type}`}`;
}

function hintFor({ type }: FieldNode, value: unknown): string {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `: put it in quotes, ${JSON.stringify(String(value))}`;
  if (typeof value !== 'string') return '';
  if ((type === 'integer' || type === 'number') && /^-?\d+$/.test(value)) return `: write ${value} without quotes`;
  return type === 'boolean' && /^(true|false)$/.test(value) ? `: write ${value} without quotes` : '';
}

function notAllowed(allowed: ReadonlySet<unknown>, value: unknown): string {
  const values = [...allowed];
  const nearest = typeof value === 'string' ? nearestTo(value, values.filter((each) => typeof each === 'string')) : undefined;
  return `is ${quoteValue(value)}; allowed are ${values.map(quoteValue).join(', ')}${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`;
}

function checkText(node: FieldNode, value: string, check: Check): void {
  if (node.pattern !== undefined && !node.pattern(value)) report(check, 'pattern', `is ${quoteValue(value)}, which does not match ${node.schema.pattern!}`);
  if (node.schema.format !== undefined) checkFormat(node, value, check);
}

function checkFormat(node: FieldNode, value: unknown, check: Check): void {
  const problem = formatProblem(node.schema.format, value, node.builtIn);
  if (problem !== undefined) report(check, node.schema.format === 'byte' ? 'base64' : 'format', `is ${quoteValue(value)}, ${problem}`);
}

function checkItems(node: FieldNode, list: readonly unknown[], check: Check): void {
  const { items } = node;
  if (items !== undefined) {
    for (let index = 0; index < list.length; index++) {
      check.path.push(index);
      checkValue(items, list[index], check);
      check.path.pop();
    }
  }
  if (node.schema['x-kubernetes-list-type'] !== undefined) checkListType(node, list, check);
}

function checkFields(node: FieldNode, object: Readonly<Record<string, unknown>>, check: Check): void {
  const embedded = node.schema['x-kubernetes-embedded-resource'] === true;
  for (const name in object) {
    const value = object[name];
    if (value === undefined) continue;
    const child = (embedded ? embeddedField(name, check) : undefined) ?? childOf(node, name) ?? node.values;
    if (child === undefined) {
      if (node.unknown === 'refused') reportUnknown(node, name, check);
      continue;
    }
    // Go reads null as nothing, and a default is set in its place
    if (value === null && (child.builtIn || child.schema.default !== undefined)) continue;
    check.path.push(name);
    checkValue(child, value, check);
    check.path.pop();
  }
  for (const name of node.required) {
    if ((object[name] ?? undefined) === undefined && !isFilledIn(node, name, object)) reportAt(check, name, 'required', 'is missing, and has to be there');
  }
  if (embedded) for (const name of ['apiVersion', 'kind']) if (typeof object[name] !== 'string') reportAt(check, name, 'required', 'is missing: this field holds a whole object');
}

/** A default is set before anything is checked; a null that may stand there is a value. */
function isFilledIn(node: FieldNode, name: string, object: Readonly<Record<string, unknown>>): boolean {
  const schema = node.schema.properties?.[name];
  return (schema?.default !== undefined && schema.default !== null) || (object[name] === null && schema?.nullable === true);
}

function embeddedField(name: string, { metadata }: Check): FieldNode | undefined {
  return name === 'metadata' ? metadata : undefined;
}

function reportUnknown(node: FieldNode, name: string, check: Check): void {
  const known = Object.keys(node.schema.properties ?? {});
  const nearest = nearestTo(name, known);
  const instead = nearest !== undefined ? `; did you mean "${nearest}"?` : known.length > 0 && known.length <= 8 ? `; known here: ${[...known].sort().join(', ')}` : '';
  reportAt(check, name, 'unknown-field', `is no field of ${check.kind}${instead}`);
}
