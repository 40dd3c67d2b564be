import type { Finding } from '../checks/finding';
import type { AppliedObject } from '../model/applied-object';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { identityTitle } from '../model/source-object';

/** A Flux Kustomization with its place in a page. */
export interface Placed {
  readonly id: number;
  readonly cluster: Cluster;
  readonly kustomization: FluxKustomization;
}

/** Where the findings of a check belong. */
export interface PlacedFindings {
  /** By finding: the Kustomizations that it concerns. */
  readonly kustomizations: readonly (readonly number[])[];
  /** By Kustomization. */
  of(id: number): readonly number[];
  /** Those of an object, by where it is written and what it is called there or where it is applied. */
  ofObject(file: string | undefined, ...titles: readonly string[]): readonly number[];
}

/** A finding concerns the Kustomizations that it names, else those that are built from its file. */
export function placeFindings(findings: readonly Finding[], placed: readonly Placed[]): PlacedFindings {
  const byName = new Map(placed.map((one) => [`${one.cluster.name}: ${one.kustomization.key}`, one.id]));
  const byFile = new Map<string, number[]>();
  for (const { id, kustomization } of placed) for (const file of new Set([...kustomization.files, ...filesOf(kustomization)])) push(byFile, file, id);
  const kustomizations = findings.map((finding) => {
    const named = finding.in.flatMap((name) => byName.get(name) ?? []);
    return named.length > 0 ? named : byFile.get(finding.file) ?? [];
  });
  const of = new Map<number, number[]>();
  kustomizations.forEach((ids, index) => ids.forEach((id) => push(of, id, index)));
  const ofObject = new Map<string, number[]>();
  findings.forEach(({ file, object }, index) => {
    if (object !== undefined) push(ofObject, objectKey(file, object.replace(/ and \d+ more$/, '')), index);
  });
  return {
    kustomizations,
    of: (id) => of.get(id) ?? [],
    ofObject: (file, ...titles) => [...new Set(titles.map((title) => objectKey(file ?? '', title)))].flatMap((key) => ofObject.get(key) ?? []),
  };
}

/** Without the namespace, which one object of a file may be given several of. */
function objectKey(file: string, title: string): string {
  return `${file}\n${title.replace(/ [^ ]*\//, ' ')}`;
}

/** The file that an object is written in, or that makes it. */
export function fileOf({ source, generatedBy, fetchedFrom }: AppliedObject): string | undefined {
  return source?.file ?? generatedBy ?? fetchedFrom;
}

/** What it is called where it is applied, and where it is written: a finding says the one or the other. */
export function titlesOf(object: AppliedObject): string[] {
  return [identityTitle(object), ...(object.source === undefined ? [] : [identityTitle(object.source)])];
}

function filesOf({ objects, object }: FluxKustomization): string[] {
  return [...objects, object].flatMap((one) => fileOf(one) ?? []);
}

function push<Key>(lists: Map<Key, number[]>, key: Key, item: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
