import { textAt } from '../../model/fields';
import { isRecovery, sourcesOf } from '../../model/postgres-clusters';
import { amountOf } from '../../postgres/quantity';
import type { Rule } from '../rule';
import { postgresClustersOf } from './postgres-facts';

export const recoveryTooSmall: Rule = {
  id: 'recovery-too-small',
  severity: 'error',
  why: 'A backup holds the whole volume of its cluster: a restore or replica with less room stops half-way, on the day that it is needed.',
  example: `# the live cluster has storage.size 20Gi
spec:
  storage: {size: 10Gi}
  bootstrap: {recovery: {source: pg}}`,
  fix: 'give it the storage of the cluster that it is recovered from, or more',
  link: 'https://cloudnative-pg.io/documentation/current/recovery/',

  *find(context) {
    const all = postgresClustersOf(context);
    for (const cluster of all.filter(({ object }) => isRecovery(object.data))) {
      for (const source of sourcesOf(cluster, all).slice(0, 1)) {
        for (const volume of ['storage', 'walStorage']) {
          const [given, needed] = [cluster, source].map(({ object }) => textAt(object.data, ['spec', volume, 'size']));
          if (given === undefined || needed === undefined || !(amountOf(given) < amountOf(needed))) continue;
          yield { at: { object: cluster.object, path: ['spec', volume, 'size'] }, message: `${volume}.size is ${given}, less than the ${needed} of ${source.namespace}/${source.object.name}, which it is recovered from`, fix: `write "size: ${needed}"` };
        }
      }
    }
  },
};
