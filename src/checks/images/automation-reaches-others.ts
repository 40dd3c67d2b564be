import { policyKey, reaches, type Automation, type ImageAutomation } from '../../model/image-automation';
import type { Cluster } from '../../model/flux-kustomization';
import type { MarkedScalar } from '../../model/markers';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import type { Rule } from '../rule';
import { imageAutomationOf, markersOf } from './image-facts';

export const automationReachesOthers: Rule = {
  id: 'automation-reaches-others',
  severity: 'warning',
  why: 'An ImageUpdateAutomation writes every marked file below its update.path by the policies of its own cluster: where another cluster has a policy of the same name, its images change with it, and the two write over each other.',
  example: `# in clusters/staging, and clusters/production has an ImagePolicy flux-system:web of its own
kind: ImageUpdateAutomation
spec:
  update:
    path: ./`,
  fix: 'narrow update.path to the files of this cluster, or give the policies of each cluster names of their own',
  link: 'https://fluxcd.io/flux/components/image/imageupdateautomations/#path',
  yieldsTo: ['file-not-listed', 'kustomization-not-applied'],

  *find(context) {
    const automation = imageAutomationOf(context);
    for (const scalar of markersOf(context).scalars) {
      const writers = writersOf(scalar, automation);
      const owners = ownersOf(context).get(scalar.file) ?? new Set();
      const strangers = writers.filter(({ cluster }) => owners.size > 0 && cluster !== undefined && !owners.has(cluster));
      const [stranger] = strangers;
      if (stranger !== undefined) {
        const [owner] = owners;
        yield {
          at: { file: scalar.file, line: scalar.line },
          message: `the ImageUpdateAutomation ${stranger.namespace}/${stranger.object.name} of ${stranger.cluster!.name} writes this value of ${owner!.name}, by its own ImagePolicy ${scalar.marker.policy}`,
        };
      } else if (new Set(writers.map(({ cluster }) => cluster)).size > 1) {
        yield {
          at: { file: scalar.file, line: scalar.line },
          message: `the ImageUpdateAutomations of ${list([...new Set(writers.map(({ cluster }) => cluster?.name ?? 'no cluster'))])} all write this value, each by its own ImagePolicy ${scalar.marker.policy}`,
        };
      } else if (owners.size === 0 && scalar.branch === undefined && writers[0] !== undefined) {
        const [{ object, namespace, cluster }] = writers as [Automation];
        yield {
          at: { file: scalar.file, line: scalar.line },
          message: `the ImageUpdateAutomation ${namespace}/${object.name} writes this value, in a file that no Kustomization builds: what is a template, a fixture or a branch's own changes with ${cluster!.name}`,
          fix: 'narrow update.path to what its cluster applies, or take the marker off',
          severity: cluster!.kustomizations.some(({ path }) => path === undefined) ? 'notice' : undefined,
          about: [scalar.file],
        };
      }
    }
  },
};

/** The automations that cover a scalar and whose cluster has the policy that it is marked with. */
function writersOf(scalar: MarkedScalar, { automations, policies }: ImageAutomation): Automation[] {
  const [namespace] = scalar.marker.policy.split(':');
  return automations.filter((automation) => (
    automation.namespace === namespace && reaches(automation, scalar) && automation.cluster !== undefined
    && policies.some((policy) => policyKey(policy) === scalar.marker.policy && policy.cluster === automation.cluster)
  ));
}

/** The clusters that read each file. */
const ownersOf = memoized(({ clusters }: CheckContext) => {
  const owners = new Map<string, Set<Cluster>>();
  for (const cluster of clusters) {
    for (const { files } of cluster.kustomizations) {
      for (const file of files) owners.set(file, (owners.get(file) ?? new Set()).add(cluster));
    }
  }
  return owners;
});

function list(names: readonly string[]): string {
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
