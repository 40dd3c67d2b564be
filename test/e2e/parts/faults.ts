import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { checkTree } from '../../../src/checks/check-tree';
import { rules } from '../../../src/checks/index';
import { readSettings } from '../../../src/checks/read-settings';
import { Renderer } from '../../../src/render/builder';
import { findKustomize } from '../../../src/render/kustomize';
import { RenderCache } from '../../../src/render/render-cache';
import { readTree } from '../../../src/tree/disk';
import { toolPath } from '../../tools';
import { startApiServer } from '../cluster/api-server';
import { applyDefinitions } from '../cluster/custom-resources';
import type { KubeClient } from '../cluster/kube-client';
import { bootstrap, newAgeKey } from '../flux/bootstrap';
import { PROJECT } from '../flux/committed-tree';
import { startKustomizeController } from '../flux/controllers';
import { readyCondition } from '../flux/ready-times';
import { FluxRepository } from '../flux/repository';
import { SourceStandIn } from '../flux/source-stand-in';
import { temporaryFolder } from '../harness/folder';
import { programPath, versionOf } from '../harness/programs';
import type { Part } from '../part';
import type { Fault, Files, Look } from './faults/fault';
import { FAULTS } from './faults/faults';

/** How long what Flux does has to last, to be what it does. */
const LASTING = 15;
const PATIENCE = 240;
const PAGE = join(PROJECT, 'docs/flux-behaviour.md');

export const faults: Part = {
  summary: 'what rules of fluxwright check foretell is what the real kustomize-controller does',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kustomize-controller', 'sops', 'age-keygen'],

  async run({ report, scope }) {
    const versions = `${versionOf('kustomize-controller')}, ${versionOf('kube-apiserver')}`;
    const told = report.row('faults', 'check tells the fault, by the rule that foretells it', 'fluxwright check');
    const shared = toolPath('shared');
    if (shared === undefined || toolPath('kustomize') === undefined) return told.skip('there are no CRDs beside the project, or no kustomize');
    const done = report.row('faults', 'Flux does what the rule says', versions);

    const key = newAgeKey();
    const trees = new Map(FAULTS.map((fault) => [fault, treeOf(fault.rule, fault.files, key.recipient)]));
    for (const [fault, files] of trees) {
      const folder = temporaryFolder(scope, files);
      const after = fault.then === undefined ? undefined : temporaryFolder(scope, treeOf(fault.rule, fault.then, key.recipient));
      const found = await findingsOf(after ?? folder, after === undefined ? undefined : folder);
      told.check(found.includes(fault.rule), () => `${fault.rule}: check tells ${found.join(', ') || 'nothing'}`);
    }

    const repositories = new Map(FAULTS.map((fault) => [fault, new FluxRepository(temporaryFolder(scope), 'main')]));
    for (const [fault, repository] of repositories) repository.push(bytesOf(trees.get(fault)!), 'first');
    const server = await startApiServer(scope);
    await applyDefinitions(server.client, [join(shared, 'crds/cnpg-1.27.0.yaml')]);
    for (const { rule } of FAULTS) await bootstrap(server.client, shared, syncOf(rule), key);
    await SourceStandIn.start(scope, server.client, new Map([...repositories].map(([{ rule }, { path }]) => [urlOf(rule), path])));
    await startKustomizeController(scope, server);

    const look = lookAt(server.client);
    const outcomes = await Promise.all(FAULTS.map(async (fault) => {
      if (fault.then !== undefined) {
        await until(async () => (await look.ready(`${fault.rule}-app`)) === 'True', PATIENCE);
        repositories.get(fault)!.push(bytesOf(treeOf(fault.rule, fault.then, key.recipient)), 'then');
      }
      return outcomeOf(fault, look);
    }));
    outcomes.forEach(({ fault, outcome, said }) => done.check(outcome !== undefined, () => `${fault.rule}: ${said ?? 'nothing was said'}`));
    if (outcomes.every(({ outcome }) => outcome !== undefined)) writePage(outcomes.map(({ fault, outcome }) => ({ fault, outcome: outcome! })), versions);
  },
};

/** What Flux did, and did not take back. */
async function outcomeOf(fault: Fault, look: Look): Promise<{ fault: Fault; outcome: string | undefined; said: string | undefined }> {
  const history = watchHistory(fault.rule, look);
  let outcome: string | undefined;
  await until(async () => (outcome = await fault.seen(look)) !== undefined, PATIENCE);
  if (outcome !== undefined && fault.lasts === true) {
    await setTimeout(LASTING * 1000);
    await until(async () => (outcome = await fault.seen(look)) !== undefined, PATIENCE);
  }
  history.stop();
  return { fault, outcome, said: await look.ready(`${fault.rule}-app`) };
}

const histories = new Map<string, string[]>();

function lookAt(client: KubeClient): Look {
  return {
    client,
    history: (name) => histories.get(name) ?? [],
    async ready(name) {
      const object = await client.get('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', name, 'flux-system');
      const condition = object === undefined ? undefined : readyCondition(object);
      if (condition === undefined || condition.status === 'Unknown') return undefined;
      return condition.status === 'True' ? 'True' : `False: ${condition.message}`;
    },
  };
}

/** Notes each value that a ConfigMap takes. */
function watchHistory(name: string, { client }: Look): { stop: () => void } {
  const values: string[] = [];
  histories.set(name, values);
  let isStopped = false;
  void (async () => {
    while (!isStopped) {
      const object = await client.get('v1', 'ConfigMap', name, 'default').catch(() => undefined);
      const value = (object?.['data'] as { value: string } | undefined)?.value;
      if (value !== undefined && value !== values.at(-1)) values.push(value);
      await setTimeout(100);
    }
  })();
  return { stop: () => void (isStopped = true) };
}

async function until(holds: () => Promise<boolean>, seconds: number): Promise<void> {
  for (const deadline = Date.now() + seconds * 1000; !(await holds()) && Date.now() < deadline; ) await setTimeout(200);
}

async function findingsOf(folder: string, before: string | undefined): Promise<string[]> {
  const tree = readTree(folder);
  const cache = new RenderCache(join(folder, '.cache'));
  const kustomize = await findKustomize({ path: dirname(toolPath('kustomize')!), cache: folder, project: undefined }, cache);
  const { findings } = await checkTree({
    tree,
    base: before === undefined ? undefined : readTree(before),
    settings: readSettings(tree, rules.map(({ id }) => id)),
    rules,
    unavailable: [],
    builderFor: async (repository, walker) => new Renderer({ repository, walker, kustomize, cache, findDownload: () => undefined }).builder,
  });
  return [...new Set(findings.map(({ rule }) => rule))];
}

function treeOf(rule: string, files: Files, recipient: string): Record<string, string> {
  const below = Object.entries(files).map(([name, text]) => [`clusters/test/${name}`, text === 'CIPHERTEXT' ? ciphertext(rule, recipient) : text]);
  return { ...Object.fromEntries(below), 'clusters/test/flux-system/gotk-sync.yaml': syncOf(rule) };
}

function ciphertext(name: string, recipient: string): string {
  const plain = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\n  namespace: default\nstringData:\n  password: not-a-real-one\n`;
  return execFileSync(programPath('sops'), ['encrypt', '--age', recipient, '--encrypted-regex', '^(data|stringData)$', '--filename-override', 'secret.yaml'], { input: plain, encoding: 'utf8', cwd: '/' });
}

function bytesOf(files: Readonly<Record<string, string>>): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
}

function urlOf(rule: string): string {
  return `ssh://git@localhost/${rule}`;
}

function syncOf(rule: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata:
  name: ${rule}
  namespace: flux-system
spec:
  interval: 1m
  url: ${urlOf(rule)}
  ref:
    branch: main
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${rule}
  namespace: flux-system
spec:
  interval: 1m
  path: ./clusters/test
  prune: true
  sourceRef:
    kind: GitRepository
    name: ${rule}
`;
}

/** The page of the documentation that is made by this run. */
function writePage(outcomes: readonly { fault: Fault; outcome: string }[], versions: string): void {
  // what differs from run to run goes
  const cell = (text: string): string => text.split('\n')[0]!.replace(/\/tmp\/\S*?(?=\/clusters)/g, '').replace(/after [\d.]+s/g, 'after its timeout').replace(/\|/g, '\\|').trim();
  const lines = outcomes.map(({ fault: { rule, what }, outcome }) => `| ${what} | ${cell(outcome)} | \`${rule}\` |`);
  const text = `# What Flux does with faults

Written by \`npm run e2e -- faults\`, which gives each of these trees to a real cluster and waits for what Flux does. Each fault is one that \`fluxwright check\` tells before; \`fluxwright explain RULE\` says more. Seen with ${versions}.

| the tree has | what Flux does, or says for as long as one looks | rule |
| --- | --- | --- |
${lines.join('\n')}
`;
  let before = '';
  try {
    before = readFileSync(PAGE, 'utf8');
  } catch {
    // not written yet
  }
  if (before === text) return;
  writeFileSync(PAGE, text);
  process.stderr.write('  docs/flux-behaviour.md is other than it was: look at the difference, and commit it\n');
}
