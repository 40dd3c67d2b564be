import { UserError } from '../errors';
import { isToken } from '../yaml/comment';
import type { Directory } from './directory';
import type { ResourceReference } from './directory-props';
import type { KustomizeGenerator } from './kustomization-file';

/** A file: a construct that stands for one, such as VerbatimFile, or a path from the directory. */
export type FileReference = ResourceReference | string;

/** A ConfigMap or Secret that kustomize makes, with a hash of its contents in its name, so that a change restarts what uses it. */
export interface GeneratorProps extends Omit<KustomizeGenerator, 'name' | 'files' | 'envs' | 'literals'> {
  /** The name without the hash, by which other objects refer to it: kustomize puts the hash in there, too. */
  readonly name: string;

  /**
   * Files that become entries, under their own names; in a map, under its keys.
   * @default none
   */
  readonly files?: readonly FileReference[] | Readonly<Record<string, FileReference>>;

  /**
   * Files of `KEY=value` lines, each of which becomes an entry.
   * @default none
   */
  readonly envs?: readonly FileReference[];

  /**
   * Entries as they are, or as `key=value`.
   * @default none
   */
  readonly literals?: readonly string[] | Readonly<Record<string, string>>;
}

/**
 * How a directory's kustomization.yaml says it.
 * @throws UserError `value-invalid` for a literal that kustomize would change, `marker-misplaced` for one with a marker
 */
export function generatorEntry(directory: Directory, { files, envs, literals, options, ...rest }: GeneratorProps): KustomizeGenerator {
  const subject = `generator "${rest.name}" of ${directory.node.path}`;
  return {
    ...rest,
    files: isList(files) ? files.map((file) => directory.reference(file)) : pairs(files, (file) => directory.reference(file)),
    envs: envs?.map((file) => directory.reference(file)),
    literals: isList(literals) ? literals.map((literal) => checkedLiteral(subject, literal)) : pairs(literals, (value, key) => checkedValue(subject, key, value)),
    options,
  };
}

function isList<Item, Map>(value: readonly Item[] | Map): value is readonly Item[] {
  return Array.isArray(value);
}

function pairs<Value>(map: Readonly<Record<string, Value>> | undefined, text: (value: Value, key: string) => string): string[] | undefined {
  return map === undefined ? undefined : Object.entries(map).map(([key, value]) => `${key}=${text(value, key)}`);
}

function checkedLiteral(subject: string, literal: string): string {
  const at = literal.indexOf('=');
  if (at <= 0) throw new UserError('value-invalid', `${subject} has the literal ${JSON.stringify(literal)}, which has no key`, 'write "key=value"');
  refuseMarker(subject, literal.slice(0, at), literal);
  return literal;
}

/** Kustomize takes quotes off both ends of a literal. */
function checkedValue(subject: string, key: string, value: string): string {
  refuseMarker(subject, key, value);
  if (/^["']|["']$/.test(value)) {
    throw new UserError('value-invalid', `${subject} has the literal ${key} with a quote at one end, which kustomize would take off`, 'put the value into a VerbatimFile and name that in "files"');
  }
  return value;
}

function refuseMarker(subject: string, key: string, value: string): void {
  if (!isToken(value)) return;
  throw new UserError('marker-misplaced', `${subject} has a marker in the literal ${key}, which Flux would overwrite with its key`, 'write the value into a ConfigMap of its own');
}
