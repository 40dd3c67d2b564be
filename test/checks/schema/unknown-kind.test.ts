import { bootstrapped, findingsOf } from '../check-tree';

const widget = 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: one, namespace: shop}\n';

test('objects of kinds that nobody knows are told once', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/widgets.yaml': `${widget}---\n${widget.replace('one', 'two')}---\n${widget.replace('Widget', 'Gadget')}` };

  expect(await findingsOf('unknown-kind', files)).toEqual([
    'clusters/prod/widgets.yaml:1 notice Widget shop/one: 3 objects are not checked, since nobody knows Widget (example.com/v1), Gadget (example.com/v1)\n'
    + '  fix: put their CustomResourceDefinitions, or JSON Schemas, into a folder schemas/ at the root, which nothing applies',
  ]);
});

test('a CRD in schemas/ makes a kind known, and what Flux does not read is not asked about', async () => {
  const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec:\n  group: example.com\n  names: {kind: Widget, plural: widgets}\n  scope: Namespaced\n  versions:\n    - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}\n';

  expect(await findingsOf('unknown-kind', { ...bootstrapped('clusters/prod'), 'clusters/prod/widgets.yaml': widget, 'schemas/widget.yaml': crd, 'notes/gadget.yaml': widget.replace('Widget', 'Gadget') })).toEqual([]);
});

test('a JSON Schema in schemas/, named as catalogues name them, makes a kind known, too', async () => {
  const files = { ...bootstrapped('clusters/prod'), 'clusters/prod/widgets.yaml': `${widget}spec: {size: 3}\n`, 'schemas/example.com/widget_v1.json': '{"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "string"}}}}}' };

  expect(await findingsOf('unknown-kind', files)).toEqual([]);
  expect(await findingsOf('schema', files)).toEqual([
    'clusters/prod/widgets.yaml:4 error Widget shop/one: spec.size is 3, a number; it has to be a string: put it in quotes, "3"\n  fix: mend the field; "kubectl explain" shows what its kind has',
  ]);
});
