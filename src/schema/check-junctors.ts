import { report, type Check } from './check';
import { checkValue } from './check-value';
import { fieldNode, type FieldNode } from './field-node';
import type { SchemaProblem } from './schema-problem';
import type { StructuralSchema } from './structural-schema';

/** `allOf`, `anyOf`, `oneOf` and `not`, which only say more about a value whose fields are listed beside them. */
export function checkJunctors(node: FieldNode, value: unknown, check: Check): void {
  const { allOf, anyOf, oneOf, not } = node.schema;
  const filled = withDefaults(node, value);
  if (allOf !== undefined) for (const branch of branchesOf(node, allOf)) checkValue(branch, filled, check);
  if (anyOf !== undefined) {
    const failures = branchesOf(node, anyOf).map((branch) => problemsOf(branch, filled, check));
    if (failures.every((problems) => problems.length > 0) && !holdsOpaque(value, check)) report(check, 'alternatives', `${needs(anyOf, 'at least one')}${firstOf(failures)}`);
  }
  if (oneOf !== undefined) {
    const failures = branchesOf(node, oneOf).map((branch) => problemsOf(branch, filled, check));
    const fitting = failures.filter((problems) => problems.length === 0).length;
    if (fitting !== 1 && !holdsOpaque(value, check)) report(check, 'alternatives', `${needs(oneOf, 'exactly one')}${fitting > 1 ? `, and ${fitting} are there` : firstOf(failures)}`);
  }
  if (not !== undefined && problemsOf(branchesOf(node, [not])[0]!, filled, check).length === 0 && !holdsOpaque(value, check)) report(check, 'alternatives', forbids(not));
}

/** The server fills in defaults before it checks anything. */
function withDefaults(node: FieldNode, value: unknown): unknown {
  const { properties } = node.schema;
  if (properties === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const missing = Object.entries(properties).filter(([name, schema]) => schema.default !== undefined && ((value as Record<string, unknown>)[name] ?? undefined) === undefined);
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing.map(([name, schema]) => [name, schema.default])) };
}

const branches = new WeakMap<readonly StructuralSchema[] | StructuralSchema, readonly FieldNode[]>();

function branchesOf(node: FieldNode, schemas: readonly StructuralSchema[]): readonly FieldNode[] {
  const key = schemas.length === 1 ? schemas[0]! : schemas;
  let found = branches.get(key);
  if (found === undefined) {
    found = schemas.map((schema) => fieldNode(schema, { ...node.options, valuesOnly: true }));
    branches.set(key, found);
  }
  return found;
}

function problemsOf(branch: FieldNode, value: unknown, check: Check): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  checkValue(branch, value, { ...check, path: [...check.path], problems });
  return problems;
}

function needs(schemas: readonly StructuralSchema[], how: string): string {
  const fields = schemas.map(({ required, ...rest }) => (Object.keys(rest).length === 0 ? required?.join(' with ') : undefined));
  return fields.every((field) => field !== undefined) ? `needs ${how} of ${fields.join(', ')}` : `has to fit ${how} of ${schemas.length} forms`;
}

function forbids(schema: StructuralSchema): string {
  if (schema.required !== undefined) return `must not have ${schema.required.join(' and ')} together`;
  if (schema.anyOf?.every(({ required }) => required !== undefined) === true) return `must not have ${schema.anyOf.flatMap(({ required }) => required!).join(', ')}`;
  return 'has a value that its schema forbids';
}

function firstOf(failures: readonly (readonly SchemaProblem[])[]): string {
  const problems = failures.flatMap((each) => each);
  const [first] = problems;
  return first === undefined || problems.every(({ rule }) => rule === 'required') ? ', and has none' : `: ${first.message}`;
}

/** Whether a text in it may be anything. */
export function holdsOpaque(value: unknown, { isOpaque }: Check): boolean {
  const open: unknown[] = [value];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (typeof each === 'string' ? isOpaque(each) : typeof each === 'object' && each !== null && (open.push(...Object.values(each).filter((item) => item !== undefined)), false)) return true;
  }
  return false;
}
