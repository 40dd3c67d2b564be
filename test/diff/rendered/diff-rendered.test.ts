import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diff } from '../../../src/diff/changes';
import { formatText } from '../../../src/diff/output/text';
import { diffRendered } from '../../../src/diff/rendered/diff-rendered';
import { Renderer } from '../../../src/render/builder';
import { RenderCache } from '../../../src/render/render-cache';
import { testWith } from '../../tools';
import { edited, replaced, treeOf, type Files } from '../diff-files';
import { fleet } from '../fleet';

async function renderedDiff(kustomize: string, before: Files, after: Files): Promise<Diff> {
  const home = mkdtempSync(join(tmpdir(), 'fluxwright-diff-'));
  try {
    const program = { path: kustomize, version: 'of the tests', environmentPath: process.env['PATH'] ?? '' };
    return await diffRendered({
      before: treeOf(before), after: treeOf(after), sides: { before: 'main', after: 'the working tree' }, findDownload: () => undefined,
      builderFor: (repository, walker) => new Renderer({ repository, walker, kustomize: program, cache: new RenderCache(home), findDownload: () => undefined }).builder,
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function shown(diff: Diff): string {
  return formatText({ diff: { ...diff, consequences: [] }, colours: false });
}

testWith('kustomize', 'a changed base shows in every overlay, as Flux would apply it, and what is not concerned is not built', async (kustomize) => {
  const diff = await renderedDiff(kustomize, fleet, replaced(fleet, 'apps/base/web.yaml', 'replicas: 3', 'replicas: 2'));

  expect(diff.counts.rendered).toEqual({ built: 2, of: 6 });
  expect(shown(diff)).toMatchInlineSnapshot(`
"flux-system/apps in production, staging
  ~ Deployment shop/web  apps/base/web.yaml
      the same in production, staging
      spec.replicas: 3 → 2

2 changed from main to the working tree (1 of 19 files differ, 2 of 6 Flux Kustomizations built)"
`);
});

testWith('kustomize', 'a tag of one stage changes that stage alone', async (kustomize) => {
  const diff = await renderedDiff(kustomize, fleet, replaced(fleet, 'apps/production/kustomization.yaml', 'newTag: 1.2.0', 'newTag: 1.3.0'));

  expect(diff.counts.rendered).toEqual({ built: 1, of: 6 });
  expect(shown(diff)).toMatchInlineSnapshot(`
"flux-system/apps in production
  ~ Deployment shop/web  apps/base/web.yaml
      spec.template.spec.containers[name=web].image: registry.example.com/web 1.2.0 → 1.3.0
      spec.template.spec.initContainers[name=migrate].image: registry.example.com/web 1.2.0 → 1.3.0
      spec.template.spec.initContainers[name=warm].image: registry.example.com/web 1.2.0 → 1.3.0

1 changed from main to the working tree (1 of 19 files differ, 1 of 6 Flux Kustomizations built)"
`);
});

testWith('kustomize', 'a generated ConfigMap under another hash is the same object, which restarts what uses it, and is not called deleted', async (kustomize) => {
  const diff = await renderedDiff(kustomize, fleet, edited(fleet, { 'apps/base/settings.properties': 'greeting=good day\n' }));

  expect(shown(diff)).toMatchInlineSnapshot(`
"flux-system/apps in production, staging
  ~ ConfigMap shop/web-settings-cmhtc2422k  apps/base/kustomization.yaml
      the same in production, staging
      data["settings.properties"]:
        - greeting=hello
        + greeting=good day
      metadata.name: web-settings-7hchhdb6t4 → web-settings-cmhtc2422k
  ~ Deployment shop/web  apps/base/web.yaml
      the same in production, staging
      spec.template.spec.containers[name=web].envFrom[0].configMapRef.name: web-settings-7hchhdb6t4 → web-settings-cmhtc2422k

4 changed from main to the working tree (1 of 19 files differ, 2 of 6 Flux Kustomizations built)"
`);
  expect(diff.consequences.map(({ class: name, title }) => `[${name}] ${title}`)).toEqual(['[pods-restart] restarts the pods of Deployment shop/web']);
});

testWith('kustomize', 'a path that another Flux Kustomization has, too, is compared with what was there before', async (kustomize) => {
  const after = replaced(fleet, 'clusters/production/apps.yaml', './apps/production', './apps/staging');

  expect(shown(await renderedDiff(kustomize, fleet, after))).toMatchInlineSnapshot(`
"flux-system/apps in production
  ~ Deployment shop/web  apps/base/web.yaml
      spec.template.spec.containers[name=web].image: registry.example.com/web 1.2.0 → 1.3.0
      spec.template.spec.initContainers[name=migrate].image: registry.example.com/web 1.2.0 → 1.3.0
      spec.template.spec.initContainers[name=warm].image: registry.example.com/web 1.2.0 → 1.3.0

flux-system/flux-system in production
  ~ Kustomization flux-system/apps  clusters/production/apps.yaml
      spec.path: ./apps/production → ./apps/staging

2 changed from main to the working tree (1 of 19 files differ, 3 of 6 Flux Kustomizations built)"
`);
});

testWith('kustomize', 'a path that is not there deletes nothing, and nothing is said to be gone', async (kustomize) => {
  const diff = await renderedDiff(kustomize, fleet, replaced(fleet, 'clusters/production/data.yaml', './data/production', './data/productoin'));

  expect(shown(diff)).toMatchInlineSnapshot(`
"flux-system/flux-system in production
  ~ Kustomization flux-system/data  clusters/production/data.yaml
      spec.path: ./data/production → ./data/productoin

1 changed from main to the working tree (1 of 19 files differ, 2 of 6 Flux Kustomizations built)"
`);
  expect(diff.consequences.map(({ title, evidence }) => [title, evidence.facts])).toEqual([['Flux Kustomization flux-system/data fails: there is nothing at its path any more; what it applied stays as it is', ['clusters/production/data.yaml is changed']]]);
});

testWith('kustomize', 'variables that change in a ConfigMap reach what is substituted with them', async (kustomize) => {
  const variable = (value: string): Files => edited(fleet, {
    'clusters/production/variables.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: variables\n  namespace: flux-system\ndata:\n  REGION: ${value}\n`,
    'clusters/production/apps.yaml': `${fleet['clusters/production/apps.yaml']!}  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: variables\n`,
    'apps/base/web.yaml': fleet['apps/base/web.yaml']!.replace('value: north', 'value: ${REGION:=nowhere}'),
  });

  const diff = await renderedDiff(kustomize, variable('north'), variable('south'));

  expect(diff.changes.flatMap(({ subject, fields }) => fields.map(({ path, before, after }) => `${subject.type === 'object' ? subject.kind : ''} ${path}: ${String(before)} → ${String(after)}`))).toEqual([
    'Deployment spec.template.spec.containers[name=web].env[name=REGION].value: north → south',
    'ConfigMap data.REGION: north → south',
  ]);
});

testWith('kustomize', 'a Flux Kustomization that can no longer be built is told, and nothing is said to be deleted', async (kustomize) => {
  const diff = await renderedDiff(kustomize, fleet, replaced(fleet, 'apps/base/kustomization.yaml', '  - web.yaml\n', '  - website.yaml\n'));

  expect(diff.changes).toEqual([]);
  expect(diff.consequences.map(({ class: name, title }) => `[${name}] ${title}`)).toEqual(['[kustomization-fails] Flux Kustomization flux-system/apps can no longer be built: apps/base/website.yaml does not exist']);
  expect(diff.limits).toEqual([]);
});

testWith('kustomize', 'what a parent patches into those that it applies is known before it is said what differs', async (kustomize) => {
  const patching = edited(fleet, {
    'clusters/production/kustomization.yaml': `resources:
  - flux-system
  - apps.yaml
  - data.yaml
patches:
  - target:
      kind: Kustomization
      name: apps|data
    patch: |
      - op: add
        path: /spec/targetNamespace
        value: shop
`,
  });

  const one = await renderedDiff(kustomize, patching, replaced(patching, 'data/production/postgres.yaml', 'instances: 3', 'instances: 4'));
  const all = await renderedDiff(kustomize, patching, replaced(patching, 'clusters/production/kustomization.yaml', 'value: shop', 'value: store'));

  expect(one.counts.rendered).toEqual({ built: 1, of: 6 });
  expect(all.counts.rendered).toEqual({ built: 3, of: 6 });
  expect(all.changes.map(({ type, subject }) => `${type} ${subject.type === 'object' ? `${subject.kind} ${subject.namespace}/${subject.name}` : ''}`)).toContain('added Deployment store/web');
});

testWith('kustomize', 'what bootstrap or a person applies is compared, too, and the worst stays on top', async (kustomize) => {
  const template = edited(fleet, { 'clusters/production/flux-system/gotk-sync.yaml': '# flux bootstrap fills this in\n' });

  const diff = await renderedDiff(kustomize, template, replaced(template, 'clusters/production/apps.yaml', '  prune: true\n', '  prune: true\n  suspend: true\n'));

  expect(diff.consequences.map(({ title }) => title)).toEqual(['Flux Kustomization flux-system/apps is suspended: nothing of it reaches the cluster until somebody resumes it']);
  expect(shown(diff)).toContain('~ Kustomization flux-system/apps  clusters/production/apps.yaml\n      + spec.suspend: true');
});

testWith('kustomize', 'a consequence leads to the file that was changed, though the object lies elsewhere', async (kustomize) => {
  const diff = await renderedDiff(kustomize, fleet, replaced(fleet, 'apps/staging/kustomization.yaml', 'newTag: 1.3.0', 'newTag: 1.2.9'));

  expect(diff.consequences[0]).toMatchObject({ class: 'image-backwards', appliers: [{ stage: 'staging' }] });
  expect(diff.consequences[0]!.evidence.facts.slice(0, 2)).toEqual(['apps/staging/kustomization.yaml is changed', 'apps/base/web.yaml spec.template.spec.containers[name=web].image']);
});
