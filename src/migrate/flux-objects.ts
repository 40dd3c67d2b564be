import { isMap, isPair, isScalar, isSeq, LineCounter, parseAllDocuments, visit, type Document, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { fieldsUnknownTo } from '../flux/fields';
import { fluxKinds, type FluxKind } from '../flux/api-versions';
import type { FluxRelease } from '../flux/releases';
import { fluxVersionStatus } from '../flux/served-versions';
import { REMOVED_FIELDS } from './flux-fields';
import { applyEdits, lineAt, wholeLines, type TextEdit } from './text-edit';

/** What a person has to do, with the line. */
export interface HandWork {
  readonly line: number;
  readonly message: string;
}

export interface Migrated {
  readonly text: string;
  readonly byHand: readonly HandWork[];
}

/** Brings Flux's objects, and what refers to them by version, to a release. Nothing else of the text changes. */
export function migrateFluxObjects(text: string, release: FluxRelease): Migrated {
  if (!text.includes('.toolkit.fluxcd.io')) return { text, byHand: [] };
  const edits: TextEdit[] = [];
  const byHand: HandWork[] = [];
  for (const document of documentsOf(text)) {
    visit(document, {
      Map: (key, map, path) => {
        const isObject = path.length === 1 || (key !== null && isListItem(path));
        const own = isObject ? objectEdits(text, map, release) : { edits: referenceEdits(map, release), byHand: [] };
        edits.push(...own.edits);
        byHand.push(...own.byHand);
      },
      Pair: (_, pair) => {
        edits.push(...patchEdits(text, pair, release));
      },
    });
  }
  return { text: applyEdits(text, edits), byHand };
}

/** Documents that can be read; what has no blanks of Helm in it and cannot is told elsewhere. */
function documentsOf(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { lineCounter: new LineCounter(), logLevel: 'silent' });
  return Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0) ? (documents as Document.Parsed[]) : [];
}

/** Whether a mapping is an item of a List. */
function isListItem(path: readonly unknown[]): boolean {
  const [document, list, pair, items] = path;
  return path.length === 4 && document !== undefined && isMap(list) && /List$/.test(textOf(list, 'kind') ?? '') && isPair(pair) && isScalar(pair.key) && pair.key.value === 'items' && isSeq(items);
}

function objectEdits(text: string, map: YAMLMap, release: FluxRelease): { edits: TextEdit[]; byHand: HandWork[] } {
  const [version, kind] = [scalarOf(map, 'apiVersion'), textOf(map, 'kind')];
  const newer = version === undefined || kind === undefined ? undefined : newestVersion(String(version.value), kind, release);
  if (newer === undefined) return { edits: [], byHand: [] };
  const edits: TextEdit[] = [];
  const byHand: HandWork[] = [];
  const title = `${kind!} ${textOf(map.get('metadata'), 'name') ?? ''}`.trim();
  for (const { path, becomes } of REMOVED_FIELDS[`${groupOf(String(version!.value))}/${kind!}`] ?? []) {
    for (const { parent, pair } of pairsAt(map, path)) {
      const line = lineAt(text, startOf(pair));
      const edit = becomes === 'drop' ? dropped(text, parent, pair) : 'list' in becomes ? listed(text, parent, pair, becomes.list) : undefined;
      if (edit !== undefined) edits.push(edit);
      else byHand.push({ line, message: `${title} has ${path.join('.').replaceAll('.[]', '[]')}, which ${newer} does not: ${typeof becomes === 'object' && 'byHand' in becomes ? becomes.byHand : 'take it out'}` });
    }
  }
  const spec = map.get('spec');
  const unknown = fluxKinds.includes(kind as FluxKind) && isMap(spec) ? fieldsUnknownTo(release, kind as FluxKind, dataOf(spec)) : [];
  for (const { path, since } of unknown) byHand.push({ line: lineAt(text, startOfMap(map)), message: `${title} has spec.${path}, which came with Flux ${since}: take it out` });
  const template = textOf(isMap(spec) ? (spec.getIn(['git', 'commit'])) : undefined, 'messageTemplate');
  if (kind === 'ImageUpdateAutomation' && /\.Updated\b/.test(template ?? '')) byHand.push({ line: lineAt(text, startOfMap(map)), message: `${title} has .Updated in its messageTemplate, which ${newer} does not know: write it with .Changed` });
  // half of it would be an object that Flux refuses
  return byHand.length > 0 ? { edits: [], byHand } : { edits: [...edits, replaced(version!, newer)], byHand };
}

/** A mapping that names a kind by version: a health check, the target of a patch. */
function referenceEdits(map: YAMLMap, release: FluxRelease): TextEdit[] {
  const [apiVersion, group, version, kind] = [scalarOf(map, 'apiVersion'), textOf(map, 'group'), scalarOf(map, 'version'), textOf(map, 'kind')];
  if (kind === undefined) return [];
  if (apiVersion !== undefined) {
    const newer = newestVersion(String(apiVersion.value), kind, release);
    return newer === undefined ? [] : [replaced(apiVersion, newer)];
  }
  const newer = group === undefined || version === undefined ? undefined : newestVersion(`${group}/${String(version.value)}`, kind, release);
  return newer === undefined ? [] : [replaced(version!, newer.slice(newer.indexOf('/') + 1))];
}

/** A patch that is written as a block of text. */
function patchEdits(text: string, { key, value }: Pair, release: FluxRelease): TextEdit[] {
  const isPatch = isScalar(key) && (key.value === 'patch' || key.value === 'patchesStrategicMerge');
  const scalars: unknown[] = !isPatch ? [] : isSeq(value) ? value.items : [value];
  return scalars.flatMap((scalar): TextEdit[] => {
    if (!isScalar(scalar) || scalar.type !== 'BLOCK_LITERAL' || !String(scalar.value).includes('.toolkit.fluxcd.io/')) return [];
    const [from, to] = scalar.range!;
    const body = text.indexOf('\n', from) + 1;
    const indent = /^\n*([ ]*)/.exec(text.slice(body, to))![1]!;
    const inner = text.slice(body, to).split('\n').map((line) => line.slice(indent.length)).join('\n');
    const migrated = migrateFluxObjects(inner, release).text;
    if (migrated === inner) return [];
    return [{ from: body, to, text: migrated.split('\n').map((line) => (line.trim() === '' ? line : indent + line)).join('\n') }];
  });
}

/** What to write for an apiVersion of Flux; undefined where it is that already, and for another's. */
function newestVersion(apiVersion: string, kind: string, release: FluxRelease): string | undefined {
  const status = fluxVersionStatus(`${groupOf(apiVersion)}/newest`, kind, release); // the newest is told for one that is none
  const newest = status?.status === 'unknown-version' ? status.write : undefined;
  return newest === apiVersion ? undefined : newest;
}

function groupOf(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

interface Place {
  readonly parent: YAMLMap;
  readonly pair: Pair<Scalar, unknown>;
}

function pairsAt(node: unknown, [step, ...rest]: readonly string[]): Place[] {
  if (step === '[]') return isSeq(node) ? node.items.flatMap((item) => pairsAt(item, rest)) : [];
  if (!isMap(node)) return [];
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === step) as Pair<Scalar, unknown> | undefined;
  if (pair === undefined) return [];
  return rest.length === 0 ? [{ parent: node, pair }] : pairsAt(pair.value, rest);
}

/** Undefined where a line holds more than the field. */
function dropped(text: string, parent: YAMLMap, pair: Pair<Scalar, unknown>): TextEdit | undefined {
  if (parent.flow === true || parent.items.length === 1) return undefined;
  const end = (pair.value as { range?: [number, number, number] } | null)?.range?.[1] ?? pair.key.range![1];
  const lines = wholeLines(text, startOf(pair), end);
  return text.slice(lines.from, startOf(pair)).trim() === '' ? { ...lines, text: '' } : undefined;
}

/** A scalar that becomes a list of one; undefined where that list is there already. */
function listed(text: string, parent: YAMLMap, pair: Pair<Scalar, unknown>, name: string): TextEdit | undefined {
  if (parent.flow === true || parent.has(name) || !isScalar(pair.value)) return undefined;
  const [from, to] = pair.value.range!;
  return { from: startOf(pair), to, text: `${name}: [${text.slice(from, to)}]` };
}

function replaced(scalar: Scalar, value: string): TextEdit {
  const [from, to] = scalar.range!;
  const quote = scalar.type === 'QUOTE_DOUBLE' ? '"' : scalar.type === 'QUOTE_SINGLE' ? "'" : '';
  return { from, to, text: `${quote}${value}${quote}` };
}

function startOf(pair: Pair<Scalar, unknown>): number {
  return pair.key.range![0];
}

function startOfMap(map: YAMLMap): number {
  return map.range![0];
}

function scalarOf(node: unknown, name: string): Scalar | undefined {
  const found = isMap(node) ? node.get(name, true) : undefined;
  return isScalar(found) && typeof found.value === 'string' && found.range !== undefined ? found : undefined;
}

function textOf(node: unknown, name: string): string | undefined {
  return scalarOf(node, name)?.value as string | undefined;
}

function dataOf(node: YAMLMap): unknown {
  return node.toJSON();
}
