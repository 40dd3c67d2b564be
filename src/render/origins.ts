import type { AppliedObject } from '../model/applied-object';
import { mapping, mappingAt, textAt, type Data } from '../model/fields';
import { resolveTarget } from '../model/kustomization-file';
import type { Repository } from '../model/repository';
import { identityOf, type SourceObject } from '../model/source-object';
import type { Closure } from './closure';

const ANNOTATION = 'config.kubernetes.io/origin';

/** What kustomize notes of where an object comes from. */
export interface Origin {
  /** From the tree's root. */
  readonly path?: string;
  readonly configuredIn?: string;
}

export interface Rendered {
  readonly data: Data;
  readonly origin: Origin;
}

/** Takes the note of its origin off an object, unless the tree asks for it. */
export function readOrigin(object: Data, { directory, origins }: Pick<Closure, 'directory' | 'origins'>): Rendered {
  const note = textAt(object, ['metadata', 'annotations', ANNOTATION]);
  if (origins === 'none' || note === undefined) return { data: object, origin: {} };
  const field = (name: string): string | undefined => {
    const path = new RegExp(`^${name}: (.+)$`, 'm').exec(note)?.[1];
    return path === undefined ? undefined : resolveTarget(directory, unquoted(path));
  };
  const origin = { path: field('path'), configuredIn: field('configuredIn') };
  return { data: origins === 'ours' ? withoutAnnotation(object) : object, origin };
}

function unquoted(scalar: string): string {
  return /^'.*'$/.test(scalar) ? scalar.slice(1, -1).replaceAll("''", "'") : /^".*"$/.test(scalar) ? (JSON.parse(scalar) as string) : scalar;
}

function withoutAnnotation(object: Data): Data {
  const { annotations, ...metadata } = mappingAt(object, 'metadata');
  const { [ANNOTATION]: _, ...rest } = mapping(annotations);
  return { ...object, metadata: Object.keys(rest).length === 0 ? metadata : { annotations: rest, ...metadata } };
}

/** Renders as applied objects, each with where it was written. */
export function withSources(rendered: readonly Rendered[], closure: Pick<Closure, 'fetched'>, predicted: readonly AppliedObject[], repository: Repository): AppliedObject[] {
  const taken = new Set<SourceObject>();
  return rendered.map(({ data, origin }): AppliedObject => {
    const identity = identityOf(data);
    if (origin.path !== undefined && closure.fetched.has(origin.path)) return { ...identity, data, source: undefined, fetchedFrom: closure.fetched.get(origin.path)! };
    if (origin.configuredIn !== undefined) return { ...identity, data, source: undefined, generatedBy: origin.configuredIn };
    const candidates = origin.path === undefined ? predicted : repository.objectsIn(origin.path).map((source) => ({ ...identityOf(source.data), source, generatedBy: undefined }));
    // one file may hold several of a kind, and a component may come in several times
    const found = nearest(identity, candidates.filter(({ source }) => source === undefined || !taken.has(source))) ?? nearest(identity, candidates);
    if (found?.source !== undefined) taken.add(found.source);
    return { ...identity, data, source: found?.source, ...(found?.source === undefined && found?.generatedBy !== undefined ? { generatedBy: found.generatedBy } : {}) };
  });
}

type Candidate = Pick<AppliedObject, 'group' | 'kind' | 'namespace' | 'name' | 'source' | 'generatedBy'>;

/** The one of the same kind whose name is it, or is part of it: prefixes and suffixes come around names. */
function nearest({ group, kind, namespace, name }: Pick<Candidate, 'group' | 'kind' | 'namespace' | 'name'>, candidates: readonly Candidate[]): Candidate | undefined {
  const alike = candidates.filter((candidate) => candidate.kind === kind && candidate.group === group);
  const named = alike.filter((candidate) => candidate.name === name);
  return named.find((candidate) => candidate.namespace === namespace)
    ?? named[0]
    ?? alike.filter((candidate) => candidate.name !== '' && name.includes(candidate.name)).sort((a, b) => b.name.length - a.name.length)[0]
    ?? (alike.length === 1 && candidates.length === 1 ? alike[0] : undefined);
}
