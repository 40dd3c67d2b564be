import { consequencesOf, diffOf, edited, replaced, type Files } from '../diff-files';
import { fleet, flux } from '../fleet';

const APPS = ['cart', 'mail', 'search', 'shop', 'stock'];
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:\n';

/** Apps with a volume each, which a component makes and calls by a variable. */
const volumes: Files = edited(fleet, {
  ...Object.fromEntries(APPS.flatMap((app) => [
    [`clusters/production/${app}.yaml`, flux(app, `apps/${app}`, `  targetNamespace: ${app}\n  components:\n    - ../../components/volume\n  postBuild:\n    substitute:\n      APP: ${app}\n`)],
    [`apps/${app}/kustomization.yaml`, 'resources:\n  - settings.yaml\n'],
    [`apps/${app}/settings.yaml`, 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n'],
  ])),
  'components/volume/kustomization.yaml': `${component}  - claim.yaml\n  - more.yaml\n`,
  'components/volume/claim.yaml': 'apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: ${APP}\nspec:\n  storageClassName: fast\n',
  'components/volume/more.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${APP}-volume\n',
});

test('what a component no longer makes is deleted for each that takes it in, under the names that it has there', async () => {
  const after = replaced(edited(volumes, { 'components/volume/claim.yaml': undefined }), 'components/volume/kustomization.yaml', '  - claim.yaml\n', '');

  const { consequences } = await diffOf(volumes, after);

  expect(consequences).toMatchObject([{
    class: 'data-deleted',
    title: 'deletes PersistentVolumeClaim cart/cart, and its volume with all data, unless its StorageClass retains it; and 4 more like it',
    affected: ['PersistentVolumeClaim mail/mail', 'PersistentVolumeClaim search/search', 'PersistentVolumeClaim shop/shop', 'PersistentVolumeClaim stock/stock'],
    appliers: APPS.map((app) => ({ kustomization: `flux-system/${app}` })),
  }]);
});

test('another value of a variable makes another object of what is called by it', async () => {
  const after = replaced(volumes, 'clusters/production/cart.yaml', 'APP: cart', 'APP: basket');

  expect(await consequencesOf(volumes, after)).toEqual([
    'danger [data-deleted] deletes PersistentVolumeClaim cart/cart, and its volume with all data, unless its StorageClass retains it',
    'warning [object-deleted] deletes ConfigMap cart/cart-volume',
  ]);
});
