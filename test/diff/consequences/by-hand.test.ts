import { diffOf, edited, replaced, type Files } from '../diff-files';
import { fleet } from '../fleet';

/** The fleet as somebody has it who applies the cluster's folder with kubectl. */
const byHand: Files = edited(fleet, Object.fromEntries(Object.keys(fleet).filter((path) => /flux-system\/|staging/.test(path)).map((path) => [path, undefined])));

test('a Flux Kustomization that a person applies goes on under its former name, and takes all along when it is deleted', async () => {
  const { consequences } = await diffOf(byHand, replaced(byHand, 'clusters/production/data.yaml', 'name: data', 'name: databases'));

  expect(consequences).toMatchObject([
    {
      class: 'kustomization-removed',
      severity: 'danger',
      title: 'renames Flux Kustomization flux-system/data to flux-system/databases in what a person applies: data goes on until it is deleted, and takes along then all that it applied',
      affected: ['Cluster shop/orders, and its data with it', 'Namespace shop, and everything in it'],
      advice: [
        'apply first: spec.deletionPolicy: Orphan for flux-system/data',
        'then rename it, apply it, and wait until flux-system/databases is Ready: it adopts the objects',
        'kubectl delete kustomizations.kustomize.toolkit.fluxcd.io data --namespace flux-system',
      ],
    },
    { class: 'not-applied' },
  ]);
});

test('one that is no longer there to be applied goes on, too', async () => {
  const { consequences } = await diffOf(byHand, edited(byHand, { 'clusters/production/data.yaml': undefined }));

  expect(consequences.map(({ severity, title }) => `${severity} ${title}`)).toEqual([
    'warning removes Flux Kustomization flux-system/data from what a person applies: data goes on until it is deleted, and takes along then all that it applied',
    'notice what was in clusters/production/data.yaml stays in the cluster until kubectl delete',
  ]);
});
