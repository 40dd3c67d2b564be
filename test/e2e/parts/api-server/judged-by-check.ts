import { setImmediate } from 'node:timers/promises';
import { checkTree } from '../../../../src/checks/check-tree';
import { NO_SETTINGS } from '../../../../src/checks/check-settings';
import type { Finding } from '../../../../src/checks/finding';
import { rules } from '../../../../src/checks/index';
import { schemaRules } from '../../../../src/checks/schema/rules';
import { readTree } from '../../../../src/tree/disk';
import type { KubeObject } from '../../cluster/kube-client';
import { temporaryFolder } from '../../harness/folder';
import type { Scope } from '../../harness/scope';

/** What `check` says of an object, apart from what it says of the tree around it. */
export interface Judgement {
  /** Of any rule, and whatever its severity but a notice. */
  readonly reports: readonly string[];
  /** Those among them of the rules that compare objects with the schemas of their kinds. */
  readonly ofSchemas: readonly string[];
  /** The errors among these. */
  readonly schemaErrors: readonly string[];
}

const SCHEMA_RULES: ReadonlySet<string> = new Set(schemaRules.map(({ id }) => id));

/** How many clusters are checked at a time: a repository with more than a thousand takes minutes. */
const BATCH = 100;

/**
 * Gives objects to `fluxwright check`, with all of its rules, each in a cluster of its own.
 * @param definitions what `schemas/` of that project holds: the CRDs that come with the platforms
 */
export async function judgedByCheck(scope: Scope, kubernetes: string, objects: readonly KubeObject[], definitions: ReadonlyMap<string, string>): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (let from = 0; from < objects.length; from += BATCH) {
    const batch = objects.slice(from, from + BATCH);
    judgements.push(...await scope.within((inner) => judgeBatch(inner, kubernetes, batch, definitions)));
    await setImmediate(); // signals are heard
  }
  return judgements;
}

async function judgeBatch(scope: Scope, kubernetes: string, objects: readonly KubeObject[], definitions: ReadonlyMap<string, string>): Promise<Judgement[]> {
  const files = new Map([...definitions].map(([name, text]) => [`schemas/${name}`, text]));
  objects.forEach((object, index) => {
    files.set(`${folderOf(index)}/object.yaml`, JSON.stringify(object));
    files.set(`${folderOf(index)}/flux-system/sync.yaml`, syncOf(folderOf(index)));
  });
  const tree = readTree(temporaryFolder(scope, Object.fromEntries(files)));
  const { findings } = await checkTree({ tree, base: undefined, settings: { ...NO_SETTINGS, kubernetes }, rules, unavailable: [], builderFor: undefined });
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) byFile.set(finding.file, [...(byFile.get(finding.file) ?? []), finding]);
  return objects.map((_, index) => judgement((byFile.get(`${folderOf(index)}/object.yaml`) ?? []).filter(({ severity }) => severity !== 'notice')));
}

function judgement(findings: readonly Finding[]): Judgement {
  const ofSchemas = findings.filter(({ rule }) => SCHEMA_RULES.has(rule));
  return { reports: findings.map(told), ofSchemas: ofSchemas.map(told), schemaErrors: ofSchemas.filter(({ severity }) => severity === 'error').map(told) };
}

function told({ rule, message }: Finding): string {
  return `${rule}: ${message}`;
}

function folderOf(index: number): string {
  return `clusters/c${index}`;
}

function syncOf(folder: string): string {
  const metadata = 'metadata:\n  name: judged-by-check\n  namespace: flux-system\n';
  return `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n${metadata}spec:\n  interval: 1m\n  url: ssh://git@localhost/judged\n  ref:\n    branch: main\n---\n`
    + `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n${metadata}spec:\n  interval: 1m\n  path: ./${folder}\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: judged-by-check\n`;
}
