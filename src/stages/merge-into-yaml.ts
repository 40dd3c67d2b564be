import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, Scalar, visit, type Document, type Node } from 'yaml';
import { at, isMapping, type Data } from '../model/fields';
import { flowScalar } from '../yaml/scalar';
import { written } from './edit-list';

/**
 * A document of YAML in which what became of its data has been done: what is the same stays as it is written, with its
 * comments; undefined where anchors or merge keys are in the way.
 * @param before the data, as a reader has it
 */
export function mergeIntoYaml(text: string, before: Data, after: Data): string | undefined {
  if (isDeepStrictEqual(before, after)) return text;
  const document = parseDocument(text, { logLevel: 'silent' });
  if (!isMap(document.contents) || /(^|[\s,[{])[&*][\w-]+|<<:/m.test(text)) return undefined;
  merge(document, document.contents, before, after);
  return written(document, text);
}

/** The text of each document, with what separates it from those before. */
export function splitDocuments(text: string): string[] {
  return text.split(/^(?=---(?:[ \t]|\r?$))/m).filter((part, index) => index > 0 || part.trim() !== '');
}

function merge(document: Document, node: unknown, before: unknown, after: unknown): unknown {
  if (isDeepStrictEqual(before, after) && node !== undefined) return node;
  if (isMap(node) && isMapping(before) && isMapping(after)) {
    for (const key of Object.keys(before)) if (!Object.hasOwn(after, key)) node.delete(key);
    for (const [key, value] of Object.entries(after)) {
      const child = node.get(key, true);
      if (child === undefined || !Object.hasOwn(before, key)) node.set(key, nodeOf(document, value));
      else if (!isDeepStrictEqual(before[key], value)) node.set(key, merge(document, child, before[key], value));
    }
    if (node.items.length > 0) node.flow = node.flow === true && Object.keys(before).length > 0;
    return node;
  }
  if (isSeq(node) && Array.isArray(before) && Array.isArray(after)) {
    const items = [...node.items];
    const isUsed = before.map(() => false);
    node.items = after.map((value: unknown) => {
      const index = matching(before, isUsed, value);
      if (index < 0 || items[index] === undefined) return nodeOf(document, value);
      isUsed[index] = true;
      return merge(document, items[index], before[index], value);
    });
    node.flow = node.flow === true && before.length > 0;
    return node;
  }
  const made = nodeOf(document, after);
  if (isScalar(node) && isScalar(made)) {
    made.comment = node.comment;
    made.commentBefore = node.commentBefore;
    made.spaceBefore = node.spaceBefore;
    if (typeof node.value === 'string' && typeof made.value === 'string' && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')) made.type = node.type;
  }
  return made;
}

/** The item that a value was made from: the same, or one that is called the same. */
function matching(before: readonly unknown[], isUsed: readonly boolean[], value: unknown): number {
  const same = before.findIndex((item, index) => !isUsed[index] && isDeepStrictEqual(item, value));
  if (same >= 0) return same;
  const name = at(value, 'name');
  return name === undefined ? -1 : before.findIndex((item, index) => !isUsed[index] && at(item, 'name') === name);
}

/** Data as YAML that every reader takes for the same. */
function nodeOf(document: Document, value: unknown): Node {
  const node = document.createNode(value) as Node;
  visit(node, { Scalar: (_, scalar) => void (typeof scalar.value === 'string' && !scalar.value.includes('\n') && flowScalar(scalar.value) !== scalar.value && (scalar.type = Scalar.QUOTE_DOUBLE)) });
  return node;
}
