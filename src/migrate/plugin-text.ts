import { isMap, isScalar, isSeq, parseAllDocuments, type Document, type Pair, type YAMLMap } from 'yaml';
import { indented } from './kustomization-sections';
import { PLUGIN, sourceStoreOf, storeOf } from './plugin-names';
import { applyEdits, lineAt, wholeLines, type TextEdit } from './text-edit';
import type { HandWork, Migrated } from './flux-objects';

/** Names of the clusters of a text that can be brought from a `barmanObjectStore` of their own to the plugin. */
export function archivingClusters(text: string): string[] {
  if (!text.includes('barmanObjectStore')) return [];
  return documentsOf(text).flatMap((document) => {
    const spec = document.get('spec');
    const isArchiving = isKind(document, 'Cluster') && isMap(spec) && isMap(spec.getIn(['backup', 'barmanObjectStore']));
    return isArchiving && !(editsOrReason(text, document, spec) instanceof OnlyByHand) ? [nameOf(document)] : [];
  });
}

/**
 * Has clusters archive by the barman-cloud plugin, into ObjectStores that stand behind them, and their backups follow.
 * @param archiving those that do so then
 * @param left those that a person has to bring along
 */
export function migrateToPlugin(text: string, archiving: ReadonlySet<string>, left: ReadonlySet<string> = new Set()): Migrated {
  if (!text.includes('postgresql.cnpg.io/')) return { text, byHand: [] };
  const edits: TextEdit[] = [];
  const byHand: HandWork[] = [];
  for (const document of documentsOf(text)) {
    const spec = document.get('spec');
    if (!isMap(spec)) continue;
    if (isKind(document, 'ScheduledBackup') || isKind(document, 'Backup')) edits.push(...backupEdits(text, spec, archiving));
    const own = isKind(document, 'Cluster') && !left.has(nameOf(document)) ? editsOrReason(text, document, spec) : [];
    if (own instanceof OnlyByHand) byHand.push({ line: lineAt(text, spec.range![0]), message: `Cluster ${nameOf(document)} ${own.message}` });
    else edits.push(...own);
  }
  return { text: applyEdits(text, edits), byHand };
}

class OnlyByHand extends Error {}

function editsOrReason(text: string, document: Document.Parsed, spec: YAMLMap): TextEdit[] | OnlyByHand {
  try {
    return clusterEdits(text, document, spec);
  } catch (error) {
    if (error instanceof OnlyByHand) return error;
    throw error;
  }
}

function clusterEdits(text: string, document: Document.Parsed, spec: YAMLMap): TextEdit[] {
  const cluster = nameOf(document);
  const namespace = document.getIn(['metadata', 'namespace']);
  const edits: TextEdit[] = [];
  const stores: string[] = [];
  const store = (name: string, configuration: readonly string[], retention: string | undefined): void => {
    const place = typeof namespace === 'string' ? `  name: ${name}\n  namespace: ${namespace}` : `  name: ${name}`;
    stores.push(`---\napiVersion: barmancloud.cnpg.io/v1\nkind: ObjectStore\nmetadata:\n${place}\nspec:\n  configuration:\n${configuration.join('\n')}\n${retention === undefined ? '' : `  retentionPolicy: ${retention}\n`}`);
  };

  const backupPair = pairOf(spec, 'backup');
  const backup = backupPair?.value;
  const archive = isMap(backup) ? pairOf(backup, 'barmanObjectStore') : undefined;
  if (isMap(backup) && archive !== undefined) {
    if (spec.has('plugins')) throw new OnlyByHand('has plugins already: add the barman-cloud plugin to them');
    const { lines, serverName } = configurationOf(text, archive);
    const retention = pairOf(backup, 'retentionPolicy');
    store(storeOf(cluster), lines, retention === undefined ? undefined : sourceOf(text, retention));
    const gone = retention === undefined ? [archive] : [archive, retention];
    const indent = indentOf(text, backupPair!);
    const plugins = [
      'plugins:', `  - name: ${PLUGIN}`, '    isWALArchiver: true', '    parameters:', `      barmanObjectName: ${storeOf(cluster)}`,
      ...(serverName === undefined ? [] : [`      serverName: ${serverName}`]),
    ];
    const block = `${indented(plugins, indent).join('\n')}\n`;
    const whole = linesOf(text, backupPair!);
    if (gone.length === backup.items.length) edits.push({ ...whole, text: block });
    else edits.push({ from: whole.from, to: whole.from, text: block }, ...gone.map((pair) => ({ ...linesOf(text, pair), text: '' })));
  }

  const external = spec.get('externalClusters');
  for (const one of isSeq(external) ? external.items : []) {
    const source = isMap(one) ? pairOf(one, 'barmanObjectStore') : undefined;
    if (source === undefined) continue;
    const own = String((one as YAMLMap).get('name'));
    const { lines, serverName = own } = configurationOf(text, source);
    const name = sourceStoreOf(cluster, own);
    store(name, lines, undefined);
    const plugin = ['plugin:', `  name: ${PLUGIN}`, '  parameters:', `    barmanObjectName: ${name}`, `    serverName: ${serverName}`];
    const { to } = linesOf(text, source);
    const from = source.key.range![0];
    edits.push({ from, to, text: `${indented(plugin, indentOf(text, source)).join('\n').trimStart()}\n` });
  }
  if (stores.length > 0) edits.push(behind(text, document, stores.join('')));
  return edits;
}

/** The lines of a configuration, as those of an ObjectStore, without the name of the archive, which goes to the plugin. */
function configurationOf(text: string, pair: Named): { lines: string[]; serverName: string | undefined } {
  const map = pair.value;
  if (!isMap(map) || map.flow === true || map.anchor !== undefined || text.slice(pair.key.range![1], map.range![0]).includes('#')) throw new OnlyByHand('has a barmanObjectStore that is written in one line, or by an alias');
  const server = pairOf(map, 'serverName');
  const body = wholeLines(text, map.range![0], map.range![1]);
  const without = server === undefined ? text.slice(body.from, body.to) : applyEdits(text.slice(body.from, body.to), [{ from: linesOf(text, server).from - body.from, to: linesOf(text, server).to - body.from, text: '' }]);
  const lines = without.replace(/\n+$/, '').split('\n');
  const indent = indentOf(text, pairsOf(map)[0]!);
  return { lines: indented(lines, 4 - indent), serverName: server === undefined ? undefined : sourceOf(text, server) };
}

function backupEdits(text: string, spec: YAMLMap, archiving: ReadonlySet<string>): TextEdit[] {
  const cluster = spec.getIn(['cluster', 'name']);
  const method = pairOf(spec, 'method');
  if (typeof cluster !== 'string' || !archiving.has(cluster) || spec.flow === true) return [];
  if (method !== undefined && (!isScalar(method.value) || method.value.value !== 'barmanObjectStore')) return [];
  const first = pairsOf(spec)[0]!;
  const block = `${indented(['method: plugin', 'pluginConfiguration:', `  name: ${PLUGIN}`], indentOf(text, first)).join('\n')}\n`;
  const at = method === undefined ? { from: linesOf(text, pairsOf(spec).at(-1)!).to, to: linesOf(text, pairsOf(spec).at(-1)!).to } : linesOf(text, method);
  return [{ ...at, text: at.from > 0 && text[at.from - 1] !== '\n' ? `\n${block}` : block }];
}

/** Where the next document begins, or the text ends. */
function behind(text: string, document: Document.Parsed, added: string): TextEdit {
  const end = wholeLines(text, document.contents!.range![0], document.contents!.range![1]).to;
  return { from: end, to: end, text: end > 0 && text[end - 1] !== '\n' ? `\n${added}` : added };
}

type Named = Pair & { readonly key: { readonly value: unknown; readonly range?: [number, number, number] | null } };

function pairsOf(map: YAMLMap): Named[] {
  return map.items.filter((pair): pair is Named => isScalar(pair.key));
}

function pairOf(map: YAMLMap, name: string): Named | undefined {
  return pairsOf(map).find(({ key }) => key.value === name);
}

function linesOf(text: string, { key, value }: Named): { readonly from: number; readonly to: number } {
  const range = (value as { range?: [number, number, number] } | null)?.range;
  return wholeLines(text, key.range![0], range?.[1] ?? key.range![1]);
}

function indentOf(text: string, { key }: Named): number {
  return key.range![0] - (text.lastIndexOf('\n', key.range![0] - 1) + 1);
}

/** A scalar as it is written. */
function sourceOf(text: string, { value }: Named): string {
  if (!isScalar(value)) throw new OnlyByHand('has a value where a text belongs');
  return text.slice(value.range![0], value.range![1]);
}

function documentsOf(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  return Array.isArray(documents) && documents.every(({ errors }) => errors.length === 0) ? (documents as Document.Parsed[]).filter(({ contents }) => isMap(contents)) : [];
}

function isKind(document: Document.Parsed, kind: string): boolean {
  return document.get('kind') === kind && String(document.get('apiVersion')).startsWith('postgresql.cnpg.io/');
}

function nameOf(document: Document.Parsed): string {
  return String(document.getIn(['metadata', 'name']));
}
