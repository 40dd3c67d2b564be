import { at, isMapping, listAt, textAt, type Step } from '../model/fields';
import type { AppliedObject } from '../model/applied-object';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import type { BuildOwner, PatchNote } from '../model/kustomize/build-notes';
import type { Written } from '../model/kustomize/built-object';
import { KustomizeModel } from '../model/kustomize/kustomize-model';
import { isImageNamed } from '../model/kustomize/transformers';
import { LineFinder } from '../model/line-finder';
import type { Repository } from '../model/repository';
import { identityTitle } from '../model/source-object';
import { fieldText } from './placed-field';
import { samePlace } from './same-place';
import { placeInPatch } from './place-in-patch';

/** What one field of an object went through until a Flux Kustomization applies it. */
export interface FieldTrace {
  readonly kustomization: string;
  readonly cluster: string | undefined;
  readonly object: string;
  readonly field: string | undefined;
  /** As it is applied, as JSON; undefined where it is not there. */
  readonly value: string | undefined;
  readonly steps: readonly TraceStep[];
  /** What could not be followed. */
  readonly unseen: readonly string[];
}

export interface TraceStep {
  readonly what: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
}

export interface TraceQuestion {
  readonly cluster: Cluster;
  readonly kustomization: FluxKustomization;
  readonly object: AppliedObject;
  /** Into the object; empty for all of it. */
  readonly path: readonly Step[];
}

/** Follows a field through kustomize and Flux: where it begins, each patch and setting that touches it, in their order. */
export function traceField(repository: Repository, { cluster, kustomization, object, path }: TraceQuestion): FieldTrace {
  const lines = new LineFinder(repository.tree);
  const place = (written: Written): Pick<TraceStep, 'file' | 'line'> => {
    if ('file' in written) return { file: written.file, line: lines.lineOf(written.file, 0, written.path) };
    const { source } = written.object;
    return source === undefined ? { file: undefined, line: undefined } : { file: source.file, line: lines.lineOf(source.file, source.document, source.item === undefined ? written.path : ['items', source.item, ...written.path]) };
  };
  const written = object.source === undefined ? undefined : samePlace(path, object.data, object.source.data);
  const steps: TraceStep[] = [begin(object, path, written, lines)];
  const model = new KustomizeModel(repository);
  if (kustomization.path !== undefined) model.applyFlux(kustomization.path, kustomization.object);
  for (const note of model.notes) {
    if (note.type === 'patch' && note.hits.some(({ source }) => source !== undefined && source === object.source)) {
      const inPatch = placeInPatch(note.patch, note.part, path, object.data);
      if (inPatch !== undefined) steps.push(patchStep(repository, note, inPatch, place, lines));
    }
    if (note.type === 'image' && isImageField(path) && object.source !== undefined && isNamedBy(note.name, written === undefined ? undefined : at(object.source.data, written), textAt(object.data, path), repository, note.at)) steps.push({ what: note.owner === 'flux' ? "Flux's images" : 'images', ...place(note.at) });
  }
  steps.push(...settings(repository, kustomization, object, { path, written }, lines));
  const before = object.beforeSubstitution === undefined ? undefined : at(object.beforeSubstitution, path);
  const value = at(object.data, path);
  if (before !== undefined && JSON.stringify(before) !== JSON.stringify(value)) steps.push(substitution(before, kustomization, place));
  const isWhole = path.length === 0;
  return {
    kustomization: `Kustomization ${kustomization.key}`, cluster: cluster.name, object: identityTitle(object), field: isWhole ? undefined : fieldText(object.data, path),
    value: isWhole || value === undefined ? undefined : JSON.stringify(value), steps, unseen: (object.unresolved ?? []).map((name) => `\${${name}} is put in by Flux, from what cannot be seen here`),
  };
}

const OWNERS: Readonly<Record<BuildOwner, string>> = { directory: 'patch', component: "a component's patch", flux: "Flux's patch" };

function patchStep(repository: Repository, { patch, part, owner }: PatchNote & { readonly owner: BuildOwner }, inPatch: readonly Step[], place: (written: Written) => Pick<TraceStep, 'file' | 'line'>, lines: LineFinder): TraceStep {
  const listed = place(patch.at);
  if (patch.file === undefined) return { what: OWNERS[owner], ...listed };
  const documents = repository.documentsIn(patch.file);
  const document = Math.max(0, documents.findIndex(({ object }) => object === (part ?? patch.parts[0])));
  return { what: `${OWNERS[owner]} (listed in ${listed.file ?? ''}:${listed.line ?? ''})`, file: patch.file, line: lines.lineOf(patch.file, document, inPatch) };
}

function begin({ source, generatedBy, fetchedFrom }: AppliedObject, path: readonly Step[], written: readonly Step[] | undefined, lines: LineFinder): TraceStep {
  if (source !== undefined) {
    const line = lines.lineOf(source.file, source.document, [...(source.item === undefined ? [] : ['items', source.item]), ...(written ?? path)]);
    return { what: written === undefined ? 'not in the file of the object' : 'begins in', file: source.file, line };
  }
  if (generatedBy !== undefined) return { what: 'generated by', file: generatedBy, line: undefined };
  return { what: fetchedFrom === undefined ? 'from an origin that kustomize does not tell' : `fetched from ${fetchedFrom}`, file: undefined, line: undefined };
}

function isImageField(path: readonly Step[]): boolean {
  return path.at(-1) === 'image';
}

/** Whether an entry of `images` is about what was written, or about what others made of it. */
function isNamedBy(name: string, written: unknown, applied: string | undefined, repository: Repository, place: Written): boolean {
  if (typeof written === 'string' && isImageNamed(written, name)) return true;
  const entry = 'file' in place ? at(repository.documentsIn(place.file)[0]?.object, place.path.slice(0, -1)) : at(place.object.data, place.path.slice(0, -1));
  const newName = textAt(entry, 'newName') ?? name;
  return applied !== undefined && isImageNamed(applied, newName);
}

/** Fields of kustomization files that change objects of many kinds at known places. */
const SETTINGS: readonly (readonly [field: string, flux: string | undefined, touches: (path: readonly Step[]) => boolean])[] = [
  ['namespace', 'targetNamespace', (path) => path.at(-1) === 'namespace' && path[0] === 'metadata'],
  ['namePrefix', 'namePrefix', (path) => path.join('.') === 'metadata.name'],
  ['nameSuffix', 'nameSuffix', (path) => path.join('.') === 'metadata.name'],
  ['labels', undefined, (path) => path.includes('labels') || path.includes('matchLabels')],
  ['commonLabels', undefined, (path) => path.includes('labels') || path.includes('matchLabels') || path.includes('selector')],
  ['commonAnnotations', undefined, (path) => path.includes('annotations')],
  ['replicas', undefined, (path) => path.join('.') === 'spec.replicas'],
  ['replacements', undefined, () => true],
];

function settings(repository: Repository, kustomization: FluxKustomization, object: AppliedObject, { path, written }: { readonly path: readonly Step[]; readonly written: readonly Step[] | undefined }, lines: LineFinder): TraceStep[] {
  if (path.length === 0 || object.source === undefined || JSON.stringify(written === undefined ? undefined : at(object.source.data, written)) === JSON.stringify(at(object.beforeSubstitution ?? object.data, path))) return [];
  const files = [...repository.kustomizations.values()].filter((file) => kustomization.files.has(file.path));
  return SETTINGS.filter(([, , touches]) => touches(path)).flatMap(([field, flux]): TraceStep[] => {
    const own = files.filter(({ data }) => data[field] !== undefined && (field !== 'replicas' || listAt(data, 'replicas').some((entry) => object.name.includes(textAt(entry, 'name') ?? '\0')))).map(({ path: file }) => ({ what: field, file, line: lines.lineOf(file, 0, [field]) }));
    const { source } = kustomization.object;
    const isFlux = flux !== undefined && source !== undefined && at(kustomization.data, ['spec', flux]) !== undefined;
    return isFlux ? [...own, { what: `Flux's ${flux}`, file: source.file, line: lines.lineOf(source.file, source.document, ['spec', flux]) }] : own;
  });
}

/** Which variables were put in, and what defines them. */
function substitution(before: unknown, kustomization: FluxKustomization, place: (written: Written) => Pick<TraceStep, 'file' | 'line'>): TraceStep {
  const names = [...new Set([...JSON.stringify(before).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name!))];
  const own = at(kustomization.data, 'spec.postBuild.substitute');
  const [inline] = names.filter((name) => isMapping(own) && own[name] !== undefined);
  const from = listAt(kustomization.data, 'spec.postBuild.substituteFrom').map((reference) => `${textAt(reference, 'kind') ?? ''} ${textAt(reference, 'name') ?? ''}`);
  const path = inline === undefined ? ['spec', 'postBuild', from.length > 0 ? 'substituteFrom' : 'substitute'] : ['spec', 'postBuild', 'substitute', inline];
  return { what: `Flux puts in ${names.map((name) => `\${${name}}`).join(', ')}${inline === undefined && from.length > 0 ? `, from ${from.join(', ')}` : ''}`, ...place({ object: kustomization.object, path }) };
}
