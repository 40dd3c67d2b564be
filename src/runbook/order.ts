import { planTree } from '../plan/make-plan';
import { formatPlan } from '../plan/output/formats';
import { section } from './markdown';
import type { Platform } from './platform';

/** What a person types to bring up a cluster, and the order in which Flux does the rest. */
export function order({ context }: Platform): string[] {
  if (context.clusters.length === 0) return [];
  return section('Bring a cluster up', 'What a person does, and the order in which Flux does the rest. Today\'s state of it: `fluxwright plan --from-scratch`.', formatPlan(planTree(context, context.clusters, true), 'markdown', false));
}
