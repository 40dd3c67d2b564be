import { bootstrapped, findingsOf, kustomization } from '../check-tree';

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names:
    kind: Widget
`;
const WIDGET = 'apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: large\n  namespace: default\n';

const tree = (crds: string, widgets: string) => ({
  ...bootstrapped('clusters/prod'),
  'clusters/prod/crds.yaml': kustomization('crds', './crds', crds),
  'clusters/prod/widgets.yaml': kustomization('widgets', './widgets', widgets),
  'crds/widget.yaml': CRD,
  'widgets/large.yaml': WIDGET,
  'widgets/small.yaml': WIDGET.replace('large', 'small'),
});

test('an object whose CRD comes from a Kustomization that is not depended on is a warning, with the others counted', async () => {
  expect(await findingsOf('crd-not-ready', tree('', ''))).toEqual([
    'widgets/large.yaml:1 warning Widget default/large: the CRD of Widget is installed by flux-system/crds, which flux-system/widgets does not depend on, as for 1 more object here\n'
    + '  fix: add "- name: crds" to dependsOn of flux-system/widgets, and "wait: true" to flux-system/crds',
  ]);
});

test('one that is depended on applies its CRDs before it is ready, so that it is only worth knowing that it does not wait', async () => {
  expect(await findingsOf('crd-not-ready', tree('', 'dependsOn:\n  - name: crds'))).toEqual([
    'widgets/large.yaml:1 notice Widget default/large: the CRD of Widget is installed by flux-system/crds, which flux-system/widgets depends on, as for 1 more object here: the CRD is there in time, but nothing waits for the controller that checks and serves it\n'
    + '  fix: set "wait: true" in flux-system/crds',
  ]);
});

test('an object beside its CRD is worth knowing: Flux applies the CRD first', async () => {
  const findings = await findingsOf('crd-not-ready', { ...bootstrapped('clusters/prod'), 'clusters/prod/widgets.yaml': kustomization('widgets', './widgets'), 'widgets/all.yaml': `${CRD}---\n${WIDGET}` });

  expect(findings).toEqual([
    'widgets/all.yaml:10 notice Widget default/large: the CRD of Widget is installed by the same Kustomization, flux-system/widgets: Flux applies it first, but nothing waits for the controller that checks and serves it\n'
    + '  fix: install the CRD by a Kustomization of its own with "wait: true", and depend on that',
  ]);
});

test('a dependency that waits is fine, however far away; so is what the installer applies, and a CRD from elsewhere', async () => {
  const findings = await findingsOf('crd-not-ready', {
    ...tree('wait: true', 'dependsOn:\n  - name: between'),
    'clusters/prod/between.yaml': kustomization('between', './between', 'dependsOn:\n  - name: crds'),
    'between/gadget.yaml': WIDGET.replace('Widget', 'Gadget'),
    'crds/child.yaml': kustomization('child', './child'),
    'child/widget.yaml': WIDGET,
  });

  expect(findings).toEqual([]);
});
