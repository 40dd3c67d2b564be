import { isMap, isSeq, parseDocument, type Document, type YAMLMap, type YAMLSeq } from 'yaml';
import { textScalar, withLineEndsOf } from '../yaml/edited-text';
import type { Environment } from './environments-file';

const START = `# Ephemeral environments, one for each branch that has one: "fluxwright ephemeral" edits this file, and so may you.
environments: []
`;

/** The file with another environment at its end; comments stay. */
export function withEnvironment(text: string | undefined, environment: Environment): string {
  return edit(text ?? START, (document, list) => {
    const { branch, namespace, database, pin, created, ttl } = environment;
    const entry = document.createNode({}) as YAMLMap;
    const fields = { branch, namespace, ...(database === 'backup' ? {} : { database }), ...(pin === 'instance' ? {} : { pin }), created, ttl };
    for (const [key, value] of Object.entries(fields)) if (value !== undefined) entry.set(key, textScalar(value));
    list.items.push(entry);
  });
}

/** The file with an environment that is marked as being removed. */
export function withRemoving(text: string, branch: string): string {
  return edit(text, (_, list) => entryOf(list, branch)?.set('removing', true));
}

/** The file without an environment, and without what was written right above it. */
export function withoutEnvironment(text: string, branch: string): string {
  return edit(text, (_, list) => {
    const entry = entryOf(list, branch);
    if (entry !== undefined) list.items.splice(list.items.indexOf(entry), 1);
  });
}

function edit(text: string, change: (document: Document, list: YAMLSeq) => void): string {
  const document = parseDocument(text);
  if (document.contents === null || !isMap(document.contents)) document.contents = document.createNode({}) as never;
  const map = document.contents as unknown as YAMLMap;
  if (!isSeq(map.get('environments'))) map.set('environments', document.createNode([]));
  const list = map.get('environments') as YAMLSeq;
  change(document, list);
  list.flow = list.items.length === 0;
  return withLineEndsOf(text, document.toString({ lineWidth: 0 }));
}

function entryOf(list: YAMLSeq, branch: string): YAMLMap | undefined {
  return list.items.find((item): item is YAMLMap => isMap(item) && item.get('branch') === branch);
}
