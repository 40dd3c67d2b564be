import { policyKey } from '../../model/image-automation';
import { nearestTo } from '../../nearest';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { imageAutomationOf, markersOf } from './image-facts';

export const markerWithoutPolicy: Rule = {
  id: 'marker-without-policy',
  severity: 'error',
  why: 'Flux leaves a scalar alone whose marker names an ImagePolicy that does not exist, and says nothing: the image is never updated.',
  example: `image: ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:wbe"}`,
  fix: 'name an ImagePolicy as "namespace:name", or take the marker off',
  link: 'https://fluxcd.io/flux/components/image/imageupdateautomations/#update-strategy',

  *find(context) {
    const { policies } = imageAutomationOf(context);
    // a repository without a single policy is one whose policies live elsewhere
    if (policies.length === 0) return;
    const known = new Set(policies.map(policyKey));
    const isAnyNamedLater = [...known].some(isPlaceholder);
    for (const { file, line, marker, branch } of markersOf(context).scalars) {
      if (known.has(marker.policy) || isPlaceholder(marker.policy) || branch !== undefined) continue;
      const [, name = ''] = marker.policy.split(':');
      const elsewhere = [...known].find((key) => key.endsWith(`:${name}`));
      const nearest = elsewhere ?? nearestTo(marker.policy, known);
      yield {
        at: { file, line },
        message: elsewhere === undefined ? `the marker names the ImagePolicy ${marker.policy}, which does not exist` : `the marker names the ImagePolicy ${marker.policy}, which lies in another namespace`,
        fix: nearest === undefined ? undefined : `write "${nearest}"`,
        severity: isAnyNamedLater ? 'warning' : undefined,
      };
    }
  },
};
