import { satisfies, valid, validRange } from 'semver';
import { matcherOf } from '../../flux/re2';
import { textAt, type Data } from '../../model/fields';
import { policyKey, type Automated } from '../../model/image-automation';
import { isPlaceholder } from '../placeholder';
import { fullRepository, parseImage } from '../../tree/image-reference';
import type { Rule } from '../rule';
import { imageAutomationOf, imageOf, markersOf } from './image-facts';
import { tagOf } from './marked-tag';

export const markedTagUnselectable: Rule = {
  id: 'marked-tag-unselectable',
  severity: 'warning',
  why: 'A tag that its ImagePolicy can never select was set by hand, or belongs to another branch: the image automation replaces it as soon as the policy has chosen one. Where the policy is for another image altogether, it replaces that, too.',
  example: `image: ghcr.io/shop/web:hotfix # {"$imagepolicy": "flux-system:web"}, whose pattern is ^main-`,
  fix: 'take the marker off while the tag has to stay, or let the pattern of the policy select it',
  link: 'https://fluxcd.io/flux/components/image/imagepolicies/#filter-tags',

  *find(context) {
    const policies = new Map(imageAutomationOf(context).policies.map((policy): [string, Automated] => [policyKey(policy), policy]));
    for (const scalar of markersOf(context).scalars) {
      const policy = policies.get(scalar.marker.policy);
      if (policy === undefined || isPlaceholder(scalar.value)) continue;
      const at = { file: scalar.file, line: scalar.line };
      const tag = tagOf(scalar);
      // an environment that runs another branch's image until its own has one: pin and policy come and go together
      const isStart = policy.object.source?.file === scalar.file && scalar.path.startsWith('spec.images');
      const misfit = tag === undefined || isStart ? undefined : misfitOf(tag, policy.object.data);
      if (misfit !== undefined) yield { at, message: `the tag ${JSON.stringify(tag)} ${misfit} of its ImagePolicy ${scalar.marker.policy}, which will replace it` };
      const image = scalar.marker.part === undefined ? imageOf(policy, imageAutomationOf(context)) : undefined;
      if (image === undefined || isPlaceholder(image) || fullRepository(parseImage(scalar.value).repository) === fullRepository(image)) continue;
      yield {
        at,
        message: `the image ${parseImage(scalar.value).repository} is another than ${image}, of which its ImagePolicy ${scalar.marker.policy} chooses the tags: the image automation writes that one here`,
        fix: 'name a policy for this image, or only ":tag" of it, or write the image that is meant',
      };
    }
  },
};

/** How a tag differs from all that a policy selects; undefined if it does not, as far as one can tell. */
function misfitOf(tag: string, policy: Data): string | undefined {
  const pattern = textAt(policy, 'spec.filterTags.pattern');
  if (pattern !== undefined && !isPlaceholder(pattern) && matcherOf(pattern)?.test(tag) === false) return `does not fit the pattern ${JSON.stringify(pattern)}`;
  const range = textAt(policy, 'spec.policy.semver.range')?.replace(/,/g, ' ');
  if (range === undefined || textAt(policy, 'spec.filterTags.extract') !== undefined || validRange(range) === null) return undefined;
  const version = valid(tag);
  const isInside = version !== null && satisfies(version, range, { includePrerelease: range.includes('-') });
  return isInside ? undefined : `is ${version === null ? 'no version' : 'not'} in the range ${JSON.stringify(range)}`;
}
