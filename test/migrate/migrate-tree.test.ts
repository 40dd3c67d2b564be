import type { FluxRelease } from '../../src/flux/releases';
import { migrateTree } from '../../src/migrate/migrate-tree';
import { ManifestFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';

/** What a file becomes, and what is left to a person. */
function migrated(text: string, { path = 'clusters/prod/apps.yaml', release = '2.9', folder = '' }: { path?: string; release?: FluxRelease; folder?: string } = {}): { text: string; byHand: string[] } {
  const { tree, byHand } = migrateTree(new Tree([ManifestFile.fromText(path, text)]), folder, { release });
  return { text: (tree.get(path) as ManifestFile).text, byHand: byHand.map(({ file, line, message }) => `${file}:${line} ${message}`) };
}

function kustomization(text: string): { text: string; byHand: string[] } {
  return migrated(text, { path: 'apps/kustomization.yaml' });
}

describe('versions of Flux', () => {
  test('an object gets the newest version that the release serves, and every other byte stays', () => {
    expect(migrated(`# the apps
apiVersion: kustomize.toolkit.fluxcd.io/v1beta2   # old
kind:   Kustomization
metadata: {name: apps}
`).text).toBe(`# the apps
apiVersion: kustomize.toolkit.fluxcd.io/v1   # old
kind:   Kustomization
metadata: {name: apps}
`);
  });

  test.each([
    ['2.0', 'helm.toolkit.fluxcd.io/v2beta1'],
    ['2.2', 'helm.toolkit.fluxcd.io/v2beta2'],
    ['2.3', 'helm.toolkit.fluxcd.io/v2'],
  ] as const)('a HelmRelease for Flux %s is %s, whichever it was', (release, apiVersion) => {
    for (const version of ['v2beta1', 'v2beta2', 'v2']) {
      expect(migrated(`apiVersion: "helm.toolkit.fluxcd.io/${version}"\nkind: HelmRelease\n`, { release }).text).toBe(`apiVersion: "${apiVersion}"\nkind: HelmRelease\n`);
    }
  });

  test('health checks, targets of patches and patches within follow', () => {
    expect(migrated(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
spec:
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2beta1
      kind: HelmRelease
      name: redis
    - apiVersion: apps/v1beta1
      kind: Deployment
  patches:
    - target: { group: helm.toolkit.fluxcd.io, version: v2beta1, kind: HelmRelease }
      patch: |
        # keep
        apiVersion: helm.toolkit.fluxcd.io/v2beta1
        kind: HelmRelease

        metadata:
          name: all
`).text).toBe(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
spec:
  healthChecks:
    - apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      name: redis
    - apiVersion: apps/v1beta1
      kind: Deployment
  patches:
    - target: { group: helm.toolkit.fluxcd.io, version: v2, kind: HelmRelease }
      patch: |
        # keep
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease

        metadata:
          name: all
`);
  });

  test('fields that went without a successor are dropped, and a values file becomes a list', () => {
    expect(migrated(`apiVersion: kustomize.toolkit.fluxcd.io/v1beta1
kind: Kustomization
spec:
  # checked by the server
  validation: client # since 2021
  prune: true
---
apiVersion: helm.toolkit.fluxcd.io/v2beta1
kind: HelmRelease
spec:
  chart:
    spec:
      chart: ./redis
      valuesFile: ./redis/prod.yaml
`).text).toBe(`apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
spec:
  # checked by the server
  prune: true
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
spec:
  chart:
    spec:
      chart: ./redis
      valuesFiles: [./redis/prod.yaml]
`);
  });

  test('an object that only a person can bring along stays as it is, and the line is told', () => {
    const text = `apiVersion: kustomize.toolkit.fluxcd.io/v1beta2
kind: Kustomization
metadata:
  name: apps
spec:
  validation: client
  patchesStrategicMerge:
    - apiVersion: v1
      kind: Namespace
---
apiVersion: image.toolkit.fluxcd.io/v1beta1
kind: ImageUpdateAutomation
metadata: {name: bot}
spec:
  git: {commit: {messageTemplate: "{{range .Updated.Images}}{{end}}"}}
`;

    expect(migrated(text)).toEqual({
      text,
      byHand: [
        'clusters/prod/apps.yaml:7 Kustomization apps has spec.patchesStrategicMerge, which kustomize.toolkit.fluxcd.io/v1 does not: write them under "patches", each as a text with its target',
        'clusters/prod/apps.yaml:11 ImageUpdateAutomation bot has .Updated in its messageTemplate, which image.toolkit.fluxcd.io/v1 does not know: write it with .Changed',
      ],
    });
  });

  test('a field that an older release does not know keeps an object from going back to it', () => {
    const text = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: redis}\nspec:\n  chartRef: {kind: OCIRepository, name: redis}\n';

    expect(migrated(text, { release: '2.2' })).toEqual({ text, byHand: ['clusters/prod/apps.yaml:1 HelmRelease redis has spec.chartRef, which came with Flux 2.3: take it out'] });
  });

  test.each([
    ['an encrypted file', 'apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\nkind: Kustomization\nsops:\n  mac: x\n'],
    ['the template of a chart', 'apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\nkind: Kustomization\n{{ if .Values.on }}\n'],
    ["another's kind", 'apiVersion: kustomize.example.com/v1beta2\nkind: Kustomization\n'],
    ['text within a ConfigMap', 'kind: ConfigMap\napiVersion: v1\ndata:\n  a: |\n    apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\n    kind: Kustomization\n'],
  ])('%s stays as it is', (_, text) => {
    expect(migrated(text)).toEqual({ text, byHand: [] });
  });

  test('files beside the folder stay', () => {
    const text = 'apiVersion: kustomize.toolkit.fluxcd.io/v1beta2\nkind: Kustomization\n';

    expect(migrated(text, { folder: 'clusters/pro' }).text).toBe(text);
    expect(migrated(text, { folder: 'clusters/prod' }).text).not.toBe(text);
  });

  test('a generated file stays, and its project is told', () => {
    const text = '# Generated by fluxwright (shop) as k8s/sync.yaml. Change the constructs, not this file.\napiVersion: kustomize.toolkit.fluxcd.io/v1beta2\nkind: Kustomization\n';

    const { changed, generated } = migrateTree(new Tree([ManifestFile.fromText('k8s/sync.yaml', text)]), '', { release: '2.9' });

    expect({ changed, generated: [...generated] }).toEqual({ changed: [], generated: [['shop', ['k8s/sync.yaml']]] });
  });
});

describe('fields of kustomize', () => {
  test('bases go behind the resources, as kustomize reads them, with their comments', () => {
    expect(kustomization(`bases:
- ../base # ours
# theirs
- ../other

# what is here
resources:
  - a.yaml
`).text).toBe(`
# what is here
resources:
  - a.yaml
  - ../base # ours
  # theirs
  - ../other
`);
  });

  test('bases alone are resources', () => {
    expect(kustomization('bases: [../base]\nnamespace: shop\n').text).toBe('resources: [../base]\nnamespace: shop\n');
  });

  test('patches of both kinds become patches, in the order in which kustomize applies them', () => {
    expect(kustomization(`resources: [a.yaml]
patchesJson6902:
  - target: { version: v1, kind: Service, name: a }
    path: json.yaml
patchesStrategicMerge:
  - merge.yaml # why
  - |-
    apiVersion: v1
    kind: Service
    metadata:
      name: a

    spec: {}
patches:
- path: own.yaml
`).text).toBe(`resources: [a.yaml]
patches:
- path: merge.yaml # why
- patch: |-
    apiVersion: v1
    kind: Service
    metadata:
      name: a

    spec: {}
- path: own.yaml
- target: { version: v1, kind: Service, name: a }
  path: json.yaml
`);
  });

  test.each([
    ['commonLabels:\n  app: shop # ours\n  tier: web\n', 'labels:\n  - includeSelectors: true\n    pairs:\n      app: shop # ours\n      tier: web\n'],
    ['commonLabels: {app: shop}\n', 'labels:\n  - includeSelectors: true\n    pairs: {app: shop}\n'],
    ['labels:\n- pairs: {a: b}\ncommonLabels:\n    app: shop\n', 'labels:\n- pairs: {a: b}\n- includeSelectors: true\n  pairs:\n    app: shop\n'],
  ])('common labels are labels that selectors have, too: %j', (before, after) => {
    expect(kustomization(before)).toEqual({ text: after, byHand: [] });
  });

  test('tags of images are images, with what stands beside them', () => {
    expect(kustomization('# tags\nimageTags: # ours\n- name: nginx\n  newTag: "1.2" # {"$imagepolicy": "flux-system:web:tag"}\nresources: [a.yaml]\n')).toEqual({
      text: '# tags\nimages: # ours\n- name: nginx\n  newTag: "1.2" # {"$imagepolicy": "flux-system:web:tag"}\nresources: [a.yaml]\n', byHand: [],
    });
  });

  test('lines end as they did', () => {
    expect(kustomization('bases:\r\n- ../base\r\nnamespace: shop\r\n').text).toBe('resources:\r\n- ../base\r\nnamespace: shop\r\n');
  });

  test.each([
    ['a list in one line beside another', 'resources: [a.yaml]\nbases: [../base]\n', 'bases', 2],
    ['a list of tags beside images', 'images:\n- name: a\nimageTags:\n- name: b\n', 'imageTags', 3],
    ['an alias', 'patchesStrategicMerge: &all [a.yaml]\n', 'patchesStrategicMerge', 1],
  ])('%s is left to a person', (_, text, field, line) => {
    expect(kustomization(text)).toEqual({ text, byHand: [`apps/kustomization.yaml:${line} ${field} is written in a form that only a person can rewrite: "kustomize edit fix" does it, and drops comments`] });
  });

  test('what is brought along once needs nothing more', () => {
    const once = kustomization('bases:\n- ../a\nresources:\n- b\npatchesStrategicMerge:\n- c.yaml\ncommonLabels: {a: b}\n').text;

    expect(kustomization(once)).toEqual({ text: once, byHand: [] });
  });
});
