import { matcherOf } from '../../flux/re2';
import { textAt } from '../../model/fields';
import { policyKey, type Automated } from '../../model/image-automation';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { imageAutomationOf, markersOf } from './image-facts';
import { tagOf } from './marked-tag';

export const markedTagUnselectable: Rule = {
  id: 'marked-tag-unselectable',
  severity: 'warning',
  why: 'A tag that its ImagePolicy can never select was set by hand, or belongs to another branch: the image automation replaces it as soon as the policy has chosen one.',
  example: `image: ghcr.io/shop/web:hotfix # {"$imagepolicy": "flux-system:web"}, whose pattern is ^main-`,
  fix: 'take the marker off while the tag has to stay, or let the pattern of the policy select it',
  link: 'https://fluxcd.io/flux/components/image/imagepolicies/#filter-tags',

  *find(context) {
    const policies = new Map(imageAutomationOf(context).policies.map((policy): [string, Automated] => [policyKey(policy), policy]));
    for (const scalar of markersOf(context).scalars) {
      const policy = policies.get(scalar.marker.policy);
      const tag = tagOf(scalar);
      const pattern = policy === undefined ? undefined : textAt(policy.object.data, 'spec.filterTags.pattern');
      if (policy === undefined || tag === undefined || pattern === undefined || isPlaceholder(pattern) || isPlaceholder(tag)) continue;
      if (matcherOf(pattern)?.test(tag) !== false) continue;
      yield {
        at: { file: scalar.file, line: scalar.line },
        message: `the tag ${JSON.stringify(tag)} does not fit the pattern ${JSON.stringify(pattern)} of its ImagePolicy ${scalar.marker.policy}, which will replace it`,
      };
    }
  },
};
