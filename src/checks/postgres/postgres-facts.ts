import { postgresClusters } from '../../model/postgres-clusters';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** The CNPG Clusters of the checked tree, worked out once for all rules. */
export const postgresClustersOf = memoized(({ repository, clusters }: CheckContext) => postgresClusters(repository, clusters));
