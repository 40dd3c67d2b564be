import { at, textAt, textsAt } from '../../model/fields';
import { containersOf } from '../../model/containers';
import { parseImage } from '../../tree/image-reference';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import type { Rule } from '../rule';
import { postgresClustersOf } from './postgres-facts';

export const barmanObjectStoreDeprecated: Rule = {
  id: 'barman-object-store-deprecated',
  severity: 'notice',
  why: 'Since CNPG 1.26 backups belong to the barman-cloud plugin; barmanObjectStore in the Cluster still works and will be removed.',
  example: `kind: Cluster # of postgresql.cnpg.io
spec:
  backup:
    barmanObjectStore: {destinationPath: gs://backups}`,
  fix: 'move the settings to an ObjectStore of barmancloud.cnpg.io, and name it in spec.plugins',
  link: 'https://cloudnative-pg.io/plugin-barman-cloud/docs/migration/',

  *find(context) {
    if (operatorMinor(context) < 26) return;
    for (const { object, by, cluster } of postgresClustersOf(context)) {
      if (by === undefined || at(object.data, 'spec.backup.barmanObjectStore') === undefined) continue;
      yield { at: { object, path: ['spec', 'backup', 'barmanObjectStore'] }, message: 'barmanObjectStore is deprecated since CNPG 1.26', in: `${cluster!.name}: ${by}` };
    }
  },
};

/** The minor version of the operator that the tree installs; the newest where it does not tell. */
const operatorMinor = memoized(({ repository, clusters }: CheckContext): number => {
  const applied = clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ objects }) => objects));
  const images = applied.flatMap((object) => (object.kind === 'Deployment' && object.name.startsWith('cnpg-') ? containersOf(object) : [])).map(({ data }) => parseImage(textAt(data, 'image') ?? '').tag);
  const urls = [...repository.kustomizations.values()].flatMap(({ data }) => textsAt(data, 'resources')).map((url) => /cnpg-(\d+\.\d+)\.\d+\.yaml/.exec(url)?.[1]);
  const versions = [...images, ...urls].flatMap((version) => /^v?1\.(\d+)/.exec(version ?? '')?.[1] ?? []).map(Number);
  return versions.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...versions);
});
