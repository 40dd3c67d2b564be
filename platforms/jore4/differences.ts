import { GitopsApp } from 'fluxwright';
import { aksStage, siteOf } from './aks';
import { leavesOf, type Overrides } from './overrides';
import type { Definitions } from './definitions';
import { stages, type AksStage, type AksStageName } from './stages';

type Tree = ReturnType<GitopsApp['toTree']>;
type Fields = ReadonlyMap<string, unknown>;

/** A field that a stage has otherwise than the one it is held against. */
export interface Difference {
  /** Kind and name of the object, and the field's path in it. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;

  /** What in the model says so, such as `host` or `limits.cpu.default`; undefined for a difference that nobody declared. */
  readonly declaredBy: string | undefined;
}

/**
 * Where the manifests of one stage on AKS differ from those of another, each field with what declares it: a value of the site, or
 * an override. Whatever was tested in one stage runs in the other, but for these fields.
 */
export function stageDifferences(tree: Tree, reference: AksStageName, name: AksStageName): Difference[] {
  const before = fieldsOf(tree, reference);
  const after = fieldsOf(tree, name);
  const overridden = new Map([...overriddenFields(reference, before), ...overriddenFields(name, after)]);
  const fields = [...new Set([...before.keys(), ...after.keys()])].sort();
  return fields.filter((field) => before.get(field) !== after.get(field)).map((field) => ({
    field,
    before: before.get(field),
    after: after.get(field),
    declaredBy: declaringSiteValue(reference, name, before.get(field), after.get(field)) ?? overridden.get(field),
  }));
}

/** The value of the site that, put in place of the other stage's, explains the difference. */
function declaringSiteValue(reference: AksStageName, name: AksStageName, before: unknown, after: unknown): string | undefined {
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  const [from, to] = [siteOf(reference, stages[reference]), siteOf(name, stages[name])];
  const keys = Object.keys(from) as (keyof typeof from)[];
  return keys.find((key) => wholeWord(from[key]).test(before) && before.replaceAll(wholeWord(from[key]), to[key]) === after);
}

/** The fields that have what a stage's overrides say: those that would change if one of them were left out. */
function overriddenFields(name: AksStageName, fields: Fields): [field: string, override: string][] {
  const stage: AksStage = stages[name];
  const whole = render(name, stage);
  const leaves = leavesOf(stage.overrides);
  return leaves.flatMap(([path], index) => {
    const others = leaves.filter((_, other) => other !== index);
    const without = render(name, { ...stage, overrides: fromLeaves(others) as Overrides<Definitions> });
    return [...whole].filter(([field, value]) => without.get(field) !== value && fields.get(field) === value).map(([field]): [string, string] => [field, path.join('.')]);
  });
}

function render(name: AksStageName, stage: AksStage): Fields {
  const app = new GitopsApp({ name: 'jore4', directory: '' });
  aksStage(app, name, stage);
  return fieldsOf(app.toTree(), name);
}

/** The scalars of all manifests of a stage, by object and path. */
function fieldsOf(tree: Tree, name: AksStageName): Fields {
  const objects = [...tree].filter(({ path }) => path.startsWith(`${siteOf(name, stages[name]).directory}/`)).flatMap((file) => (file.type === 'manifests' ? file.documents.map(({ object }) => object) : []));
  return new Map(objects.flatMap((object) => {
    const { kind, metadata } = object as { kind: string; metadata?: { name: string } };
    return scalarsOf(object).map(([path, value]): [string, unknown] => [`${[kind, metadata?.name].filter(Boolean).join('/')} ${path}`, value]);
  }));
}

function scalarsOf(value: unknown, path = ''): [path: string, value: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, item]) => scalarsOf(item, path === '' ? key : `${path}.${key}`));
}

function fromLeaves(leaves: readonly (readonly [path: readonly string[], value: unknown])[]): unknown {
  const root: Record<string, unknown> = {};
  for (const [path, value] of leaves) {
    let at = root;
    for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[path.at(-1)!] = value;
  }
  return root;
}

/** `dev` alone, not that in `hslid-dev`. */
function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![\\w.-])${text.replaceAll('.', '\\.')}(?![\\w.-])`, 'g');
}
