import { parseDocument } from 'yaml';
import { expectedKustomization } from './expected-kustomization';
import type { HandWork, Migrated } from './flux-objects';
import { dashIndent, indented, listLines, partsOf, sectionOf, textOfParts, type Part, type Section } from './kustomization-sections';

/** Fields that kustomize has others for, in the order in which it applies them. */
const DEPRECATED = ['bases', 'patchesStrategicMerge', 'patchesJson6902', 'commonLabels', 'imageTags'] as const;

type Deprecated = (typeof DEPRECATED)[number];

/**
 * Writes a kustomization.yaml with the fields that kustomize has today. A field that cannot be rewritten by its lines, such
 * as a list in one line beside another, stays, and is told.
 */
export function migrateKustomization(text: string): Migrated {
  if (!DEPRECATED.some((field) => text.includes(field)) || /^---\s*$/m.test(text.replace(/^(\s*#.*\n|\s*\n)*---\s*\n/, ''))) return { text, byHand: [] };
  let current = text.replaceAll('\r\n', '\n');
  const byHand: HandWork[] = [];
  for (const field of DEPRECATED) {
    const parts = partsOf(current);
    const section = sectionOf(parts, field);
    if (section === undefined) continue;
    const next = WAYS[field](parts, section);
    const result = next === undefined ? undefined : textOfParts(next);
    if (result !== undefined && isAsExpected(current, result, field)) current = result;
    else byHand.push({ line: current.slice(0, current.search(new RegExp(`^["']?${field}`, 'm'))).split('\n').length, message: `${field} is written in a form that only a person can rewrite: "kustomize edit fix" does it, and drops comments` });
  }
  return { text: text.includes('\r\n') ? current.replaceAll('\n', '\r\n') : current, byHand };
}

/** Whether the text says the same with the new field; what is moved by lines is not trusted. */
function isAsExpected(before: string, after: string, field: Deprecated): boolean {
  const [was, is] = [before, after].map((text) => parseDocument(text, { logLevel: 'silent' }));
  if (was!.errors.length > 0 || is!.errors.length > 0) return false;
  return canonical(is!.toJS()) === canonical(expectedKustomization(was!.toJS() as Record<string, unknown>, field));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one));
}

const WAYS: Readonly<Record<Deprecated, (parts: readonly Part[], section: Section) => Part[] | undefined>> = {
  bases: (parts, section) => joined(parts, section, 'resources', section, 'end'),
  patchesStrategicMerge: (parts, section) => {
    const lines = listLines(section);
    return lines === undefined ? undefined : joined(parts, section, 'patches', { ...section, body: asPatches(lines) }, 'start');
  },
  patchesJson6902: (parts, section) => joined(parts, section, 'patches', section, 'end'),
  commonLabels: (parts, section) => {
    const isBlock = /^\s*(#.*)?$/.test(section.rest);
    const indent = isBlock ? /^ */.exec(section.body.find((line) => /^\s*[^\s#]/.test(line)) ?? '')![0].length : 0;
    const pairs = isBlock ? [`    pairs:${section.rest}`, ...indented(section.body, 6 - indent)] : [`    pairs:${section.rest}`, ...section.body];
    return joined(parts, section, 'labels', { key: 'labels', rest: '', body: ['  - includeSelectors: true', ...pairs] }, 'end');
  },
  imageTags: (parts, section) => (sectionOf(parts, 'images') === undefined ? joined(parts, section, 'images', section, 'end') : undefined), // beside images, a person has to say which counts
};

/** Puts the items of one field into another, which takes its place where there is none. */
function joined(parts: readonly Part[], old: Section, into: string, items: Section, where: 'start' | 'end'): Part[] | undefined {
  const target = sectionOf(parts, into);
  if (target === undefined) return parts.map((part) => (part === old ? { ...items, key: into } : part));
  const [own, added] = [listLines(target), listLines(items)];
  if (own === undefined || added === undefined) return undefined;
  const moved = indented(added, dashIndent(own) - dashIndent(added));
  const merged: Section = { ...target, body: where === 'start' ? [...moved, ...own] : [...own, ...moved] };
  return parts.filter((part) => part !== old).map((part) => (part === target ? merged : part));
}

/** `- file.yaml` becomes `- path: file.yaml`, and a patch that is written in place the text of `patch:`. */
function asPatches(lines: readonly string[]): string[] {
  const indent = dashIndent(lines);
  let isInline = false;
  return lines.map((line) => {
    const item = new RegExp(`^ {${indent}}-( +)(.*)$`).exec(line);
    if (item === null) return isInline && line.trim() !== '' ? `  ${line}` : line;
    isInline = /^[|>]/.test(item[2]!);
    return `${' '.repeat(indent)}- ${isInline ? 'patch' : 'path'}: ${item[2]!}`;
  });
}
