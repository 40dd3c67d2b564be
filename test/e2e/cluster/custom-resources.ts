import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { until } from '../harness/processes';
import type { KubeClient, KubeObject } from './kube-client';
import { documentsOf } from './manifests';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** Applies the CustomResourceDefinitions among the documents of files, and waits until their kinds are served. */
export async function applyDefinitions(client: KubeClient, files: readonly string[]): Promise<void> {
  await applyDefinitionTexts(client, files.flatMap((file) => definitionsIn(readFileSync(file, 'utf8'))));
}

/** The documents that define kinds, as text: some of them only Go reads. */
export function definitionsIn(text: string): string[] {
  return documentsOf(text).filter(isDefinition);
}

export function isDefinition(document: string): boolean {
  return /^kind: CustomResourceDefinition$/m.test(document);
}

/** Makes a kind known that takes any fields, since its own definition cannot be had. */
export async function applyPermissiveDefinition(client: KubeClient, { apiVersion, kind, isNamespaced }: { apiVersion: string; kind: string; isNamespaced: boolean }): Promise<void> {
  const [group, version] = apiVersion.split('/') as [string, string];
  const plural = pluralOf(kind);
  await applyDefinitionTexts(client, [JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' } },
    spec: {
      group,
      scope: isNamespaced ? 'Namespaced' : 'Cluster',
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, subresources: { status: {} }, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
    },
  })]);
}

export async function applyDefinitionTexts(client: KubeClient, texts: readonly string[]): Promise<void> {
  const names = await Promise.all(texts.map(async (text) => {
    const name = /^ {2}name: (\S+)$/m.exec(text)?.[1] ?? (parse(text) as KubeObject).metadata.name;
    await client.call('PATCH', `${CRDS}/${name}?fieldManager=e2e&force=true`, text, 'application/apply-patch+yaml');
    return name;
  }));
  const waiting = new Set(names);
  await until(async () => {
    for (const { metadata, status } of await client.list('apiextensions.k8s.io/v1', 'CustomResourceDefinition')) {
      if (status?.conditions?.some(({ type, status: value }: { type: string; status: string }) => type === 'Established' && value === 'True')) waiting.delete(metadata.name);
    }
    return waiting.size === 0;
  }, 300, () => `these are not served: ${[...waiting].join(', ')}`);
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/(s|x|ch)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
