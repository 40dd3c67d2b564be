import { compileRe2, unknownGroups } from '../../flux/re2';
import { isSemverRange } from '../../flux/semver-range';
import { textAt } from '../../model/fields';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { imageAutomationOf } from './image-facts';

export const policyPatternInvalid: Rule = {
  id: 'policy-pattern-invalid',
  severity: 'error',
  why: 'An ImagePolicy whose filterTags.pattern is no regular expression of Go, or lacks the group that extract names, never becomes ready or sorts by nothing; nor does one whose semver range cannot be read.',
  example: `filterTags:
  pattern: '^main-[a-f0-9]+-(?P<stamp>[0-9]+)$'
  extract: '$ts'`,
  fix: 'mend the pattern, which is RE2: it has (?P<name>…) and no look-around; name the group in extract',
  link: 'https://fluxcd.io/flux/components/image/imagepolicies/#filter-tags',

  *find(context) {
    for (const { object } of imageAutomationOf(context).policies) {
      const range = textAt(object.data, 'spec.policy.semver.range');
      if (range !== undefined && !isPlaceholder(range) && !isSemverRange(range)) {
        yield { at: { object, path: ['spec', 'policy', 'semver', 'range'] }, message: `the range ${JSON.stringify(range)} is no range of versions`, fix: 'write versions with operators, such as ">=1.0 <2.0" or "1.x"' };
      }
      const pattern = textAt(object.data, 'spec.filterTags.pattern');
      if (pattern === undefined || isPlaceholder(pattern.replace(/\$\{\w+\}$/, ''))) continue;
      let compiled: RegExp;
      try {
        compiled = compileRe2(pattern);
      } catch (error) {
        yield { at: { object, path: ['spec', 'filterTags', 'pattern'] }, message: `the pattern ${JSON.stringify(pattern)} is no regular expression that Go reads: ${(error as Error).message.replace(/^Invalid regular expression: /, '')}` };
        continue;
      }
      const extract = textAt(object.data, 'spec.filterTags.extract') ?? '';
      const [unknown] = unknownGroups(compiled, extract);
      if (unknown !== undefined) {
        yield { at: { object, path: ['spec', 'filterTags', 'extract'] }, message: `extract names the group ${unknown}, which the pattern ${JSON.stringify(pattern)} does not have, so that all tags sort alike` };
      }
    }
  },
};
