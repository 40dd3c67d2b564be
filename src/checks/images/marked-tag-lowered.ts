import { compare, valid } from 'semver';
import { policyKey } from '../../model/image-automation';
import { findMarkers, type MarkedScalar } from '../../model/markers';
import { compileRe2 } from '../../flux/re2';
import { at, textAt, type Data } from '../../model/fields';
import type { Rule } from '../rule';
import { imageAutomationOf, markersOf } from './image-facts';
import { tagOf } from './marked-tag';

export const markedTagLowered: Rule = {
  id: 'marked-tag-lowered',
  severity: 'warning',
  needs: 'base',
  why: 'A tag that is set back under a marker does not stay: the ImagePolicy still selects the newer one, and the image automation writes it again within minutes.',
  example: `# before: web:1.5.0, and the change says
image: ghcr.io/shop/web:1.4.0 # {"$imagepolicy": "flux-system:web"}`,
  fix: 'hold it until the newer tag is mended: fluxwright pins hold FILE; or take the marker off, or narrow the policy',
  link: 'https://fluxcd.io/flux/guides/image-update/#rollback',

  *find(context) {
    if (context.base === undefined) return;
    const before = new Map(findMarkers(context.base.repository).scalars.map((scalar): [string, MarkedScalar] => [placeOf(scalar), scalar]));
    const policies = new Map(imageAutomationOf(context).policies.map((policy): [string, Data] => [policyKey(policy), policy.object.data]));
    for (const scalar of markersOf(context).scalars) {
      const [now, then] = [tagOf(scalar), tagOf(before.get(placeOf(scalar)) ?? scalar)];
      const policy = policies.get(scalar.marker.policy);
      if (now === undefined || then === undefined || now === then || policy === undefined) continue;
      if (order(policy, then, now) > 0) {
        yield { at: { file: scalar.file, line: scalar.line }, message: `the tag goes back from ${then} to ${now}, and its ImagePolicy ${scalar.marker.policy} selects ${then} again` };
      }
    }
  },
};

function placeOf({ file, document, path, marker }: MarkedScalar): string {
  return `${file}\n${document}\n${path}\n${marker.policy}`;
}

/** Positive where the policy prefers `a` to `b`; 0 where that cannot be said. */
function order(policy: Data, a: string, b: string): number {
  const [left, right] = [sortKey(policy, a), sortKey(policy, b)];
  if (left === undefined || right === undefined) return 0;
  if (at(policy, 'spec.policy.semver') !== undefined) return valid(left) === null || valid(right) === null ? 0 : compare(left, right);
  const numerical = textAt(policy, 'spec.policy.numerical.order') ?? (at(policy, 'spec.policy.numerical') === undefined ? undefined : 'asc');
  if (numerical !== undefined) return (Number(left) - Number(right)) * (numerical === 'desc' ? -1 : 1) || 0;
  if (at(policy, 'spec.policy.alphabetical') === undefined) return 0;
  return (left > right ? 1 : left < right ? -1 : 0) * (textAt(policy, 'spec.policy.alphabetical.order') === 'desc' ? -1 : 1);
}

/** What the policy sorts a tag by; undefined for one that it does not look at. */
function sortKey(policy: Data, tag: string): string | undefined {
  const pattern = textAt(policy, 'spec.filterTags.pattern');
  if (pattern === undefined) return tag;
  try {
    const match = compileRe2(pattern).exec(tag);
    const extract = textAt(policy, 'spec.filterTags.extract');
    if (match === null || extract === undefined || extract === '') return match === null ? undefined : tag;
    return extract.replace(/\$\{?(\w+)\}?/g, (_, name: string) => match.groups?.[name] ?? match[Number(name)] ?? '');
  } catch {
    return undefined;
  }
}
