import { policyKey, reaches, type Automation } from '../../model/image-automation';
import type { MarkedScalar } from '../../model/markers';
import { isPlaceholder } from '../placeholder';
import type { Report, Rule } from '../rule';
import { imageAutomationOf, markersOf } from './image-facts';

export const markerWithoutAutomation: Rule = {
  id: 'marker-without-automation',
  severity: 'warning',
  why: 'A marker is only followed by an ImageUpdateAutomation that lies in the namespace of its ImagePolicy and whose update.path covers the file; elsewhere the image is never updated.',
  example: `# the ImagePolicy is flux-system:web, the file apps/web/deployment.yaml
kind: ImageUpdateAutomation
metadata:
  namespace: flux-system
spec:
  update:
    path: ./clusters`,
  fix: 'widen update.path of an ImageUpdateAutomation, or add one in the namespace of the policy',
  link: 'https://fluxcd.io/flux/components/image/imageupdateautomations/#path',

  *find(context) {
    const { automations } = imageAutomationOf(context);
    if (automations.length === 0 || automations.some(({ path }) => path === undefined)) return;
    const policies = new Set(imageAutomationOf(context).policies.map(policyKey));
    for (const scalar of markersOf(context).scalars) {
      if (!policies.has(scalar.marker.policy) || isPlaceholder(scalar.marker.policy)) continue;
      yield* unfollowed(scalar, automations);
    }
  },
};

function* unfollowed(scalar: MarkedScalar, automations: readonly Automation[]): Generator<Report> {
  const covering = automations.filter((automation) => reaches(automation, scalar));
  const [namespace] = scalar.marker.policy.split(':');
  if (covering.some((automation) => automation.namespace === namespace)) return;
  const at = { file: scalar.file, line: scalar.line };
  if (covering.length > 0) {
    const { object, namespace: other } = covering[0]!;
    yield { at, message: `the ImagePolicy ${scalar.marker.policy} lies in another namespace than the ImageUpdateAutomation ${other}/${object.name}, the only one that covers this file`, fix: `move the policy and its ImageRepository to ${other}, or add an ImageUpdateAutomation to ${namespace}`, severity: 'error' };
    return;
  }
  const own = automations.filter((automation) => automation.namespace === namespace);
  const paths = own.map(({ path }) => `./${path}`).join(', ');
  yield { at, message: own.length === 0 ? `no ImageUpdateAutomation lies in the namespace ${namespace} of the marker's policy` : `no ImageUpdateAutomation covers this file: those of ${namespace} work in ${paths}` };
}
