import { isMap, isNode, isScalar, isSeq, parseAllDocuments, type Node } from 'yaml';
import { stateOf } from '../pins/find-pins';
import { withValue } from '../pins/turn-pins';
import { pinsOf, type Pin } from '../publish/pins/pin';
import { shortValue } from '../publish/pins/pin-words';
import { ManifestFile } from '../tree/file';
import { readHeader } from '../tree/header';
import { pathStep } from '../yaml/write';

/** A patch as it is to stand in the next stage, and what a person should know of it. */
export interface CarriedPatch {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * The text of a patch for another stage. Markers belong to a stage: those of the next one stay, at the same fields, and no
 * other gets there, or its image automation would follow the policy of another stage. A value that is held stays, too.
 * @param path where it is to stand
 * @param present what stands there
 */
export function carryPatch(from: ManifestFile, path: string, present: string | undefined): CarriedPatch {
  const text = withoutHeader(from.text);
  const source = ManifestFile.fromText(path, text);
  const [own, kept] = [pinsOf(source), present === undefined ? [] : pinsOf(ManifestFile.fromText(path, present))];
  const lines = text.split('\n');
  const notes: string[] = [];
  for (const pin of own) {
    const other = kept.find((one) => isSamePlace(one, pin));
    lines[pin.line - 1] = withComment(lines[pin.line - 1]!, pin, other?.comment);
    if (other === undefined) notes.push(`${path}: ${shortValue(pin, pin.value)} is set without the marker of ${pin.setter?.policy ?? 'its hold'}, which belongs to the other stage`);
  }
  const result = (): ManifestFile => ManifestFile.fromText(path, lines.join('\n'));
  for (const other of kept.filter((one) => !own.some((pin) => isSamePlace(one, pin)))) {
    const line = lineOf(lines.join('\n'), other);
    if (line !== undefined) lines[line - 1] = `${lines[line - 1]!.replace(/[ \t]+#.*$/, '').replace(/\r$/, '')} # ${other.comment}${lines[line - 1]!.endsWith('\r') ? '\r' : ''}`;
  }
  for (const other of kept.filter((one) => stateOf(one) !== 'followed')) {
    const now = pinsOf(result()).find((pin) => isSamePlace(pin, other));
    if (now === undefined || now.value === other.value) continue;
    lines[now.line - 1] = withValue(lines[now.line - 1]!, now, other.value);
    notes.push(heldNote(other));
  }
  return { text: lines.join('\n'), notes };
}

export function heldNote(pin: Pin): string {
  return `${pin.file}:${pin.line} stays at ${shortValue(pin, pin.value)}, which is ${stateOf(pin)}: ${stateOf(pin) === 'on hold' ? `fluxwright pins release ${pin.file}` : 'take "hold" off there'}`;
}

/** A copy is no generated file. */
export function withoutHeader(text: string): string {
  return readHeader(text) === undefined ? text : text.slice(text.indexOf('\n') + 1);
}

function isSamePlace(one: Pin, other: Pin): boolean {
  return one.object === other.object && one.path === other.path;
}

function withComment(line: string, { comment }: Pin, next: string | undefined): string {
  const at = line.lastIndexOf(comment);
  if (next !== undefined) return `${line.slice(0, at)}${next}${line.slice(at + comment.length)}`;
  const rest = line.slice(at + comment.length);
  return `${line.slice(0, at).replace(/[ \t]*#+[ \t]*$/, '')}${rest.trim() === '' ? rest.replace(/[ \t]/g, '') : ` #${rest}`}`;
}

/** The line of the scalar at the place of a pin, where it ends its line. */
function lineOf(text: string, { document, path }: Pin): number | undefined {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const contents = Array.isArray(documents) ? documents[document]?.contents : undefined;
  const node = isNode(contents) ? descend(contents, path.startsWith('[') ? path : `.${path}`) : undefined;
  if (!isScalar(node) || node.range === undefined || node.range === null || node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') return undefined;
  const end = node.range[1];
  return /^[ \t]*(#.*)?\r?(\n|$)/.test(text.slice(end).split('\n', 1)[0]! + '\n') ? text.slice(0, end).split('\n').length : undefined;
}

function descend(node: Node, path: string): Node | undefined {
  if (path === '') return node;
  const data = node.toJSON() as unknown;
  const children: [string | number, unknown][] = isMap(node) ? node.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : ''), pair.value]) : isSeq(node) ? node.items.map((item, index) => [index, item]) : [];
  for (const [key, child] of children) {
    const step = pathStep(data, key);
    if (!isNode(child) || !path.startsWith(step)) continue;
    const found = descend(child, path.slice(step.length));
    if (found !== undefined) return found;
  }
  return undefined;
}
