import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rules } from '../../src/checks';
import { NO_SETTINGS, type CheckSettings } from '../../src/checks/check-settings';
import type { Finding } from '../../src/checks/finding';
import { runChecks } from '../../src/checks/run-checks';
import { discoverClusters, walkingBuilder } from '../../src/model/clusters';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { Renderer } from '../../src/render/builder';
import { RenderCache } from '../../src/render/render-cache';
import { isManifestName } from '../../src/tree/disk';
import { ManifestFile, OpaqueFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

export interface CheckTreeOptions {
  readonly settings?: Partial<CheckSettings>;
  /** The state to compare with. */
  readonly base?: Files;
  /**
   * The path of a kustomize, which `testWith('kustomize', …)` gives, to build what Flux would apply.
   * @default undefined - objects are taken as they are written
   */
  readonly kustomize?: string;
}

/** What one rule says of a tree: `file:line severity object: message`, and the fix below it. Without kustomize, unless one is given. */
export async function findingsOf(ruleId: string, files: Files, options: CheckTreeOptions = {}): Promise<string[]> {
  return (await checkTree(files, options, ruleId)).map(({ file, line, severity, object, message, fix }) => `${file}:${line} ${severity}${object === undefined ? '' : ` ${object}`}: ${message}\n  fix: ${fix}`);
}

/** The same of what kustomize and Flux make of the tree. */
export async function renderedFindingsOf(kustomize: string, ruleId: string, files: Files, options: CheckTreeOptions = {}): Promise<string[]> {
  return findingsOf(ruleId, files, { ...options, kustomize });
}

/** The findings of all rules, or of one. */
export async function checkTree(files: Files, options: CheckTreeOptions = {}, ruleId?: string): Promise<readonly Finding[]> {
  const chosen = rules.filter(({ id }) => ruleId === undefined || id === ruleId);
  if (chosen.length === 0) throw new Error(`no rule ${ruleId}`);
  const state = await stateOf(files, options.kustomize);
  const base = options.base === undefined ? undefined : await stateOf(options.base, options.kustomize);
  const { findings, skipped } = runChecks({ ...state, rendered: options.kustomize !== undefined, base, settings: { ...NO_SETTINGS, ...options.settings } }, chosen);
  if (skipped.length > 0) throw new Error(skipped.map(({ reason }) => reason).join('\n'));
  return findings;
}

async function stateOf(files: Files, kustomize: string | undefined) {
  const repository = new Repository(treeOf(files));
  const walker = new Walker(repository);
  if (kustomize === undefined) return { repository, walker, clusters: await discoverClusters(repository, walker, walkingBuilder(walker)) };
  const home = mkdtempSync(join(tmpdir(), 'fluxwright-check-'));
  try {
    const program = { path: kustomize, version: 'of the tests', environmentPath: process.env['PATH'] ?? '' };
    const { builder } = new Renderer({ repository, walker, kustomize: program, cache: new RenderCache(home), findDownload: () => undefined });
    return { repository, walker, clusters: await discoverClusters(repository, walker, builder) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** A tree as it would be read from a disk. */
export function treeOf(files: Files): Tree {
  return new Tree(Object.entries(files).map(([path, text]) => (isManifestName(path) ? ManifestFile.fromText(path, text) : new OpaqueFile(path, Buffer.from(text)))), 'as-found');
}

/** A Flux Kustomization as text, with `spec` in YAML, indented by two spaces; its source is the one of the tree. */
export function kustomization(name: string, path: string, spec = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
${spec === '' ? '' : `${spec.replace(/^(?=.)/gm, '  ').trimEnd()}\n`}`;
}

/** What flux bootstrap writes for a cluster at `path`, but for Flux's own manifests. */
export function bootstrapped(path: string): Files {
  return {
    [`${path}/flux-system/gotk-sync.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: flux-system
  namespace: flux-system
spec:
  interval: 1m0s
  ref:
    branch: main
  url: ssh://git@example.com/shop/fleet
---
${kustomization('flux-system', `./${path}`)}`,
    [`${path}/flux-system/kustomization.yaml`]: 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - gotk-sync.yaml\n',
  };
}

/** A small object as text; its kind decides the API, of those that tests use. */
export function object(kind: string, name: string, namespace?: string): string {
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}`;
}
