import { textAt } from '../../model/fields';
import { isSource, sourceReference } from '../../model/sources';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { imageAutomationOf } from './image-facts';

export const pushBranchDiffers: Rule = {
  id: 'push-branch-differs',
  severity: 'notice',
  why: 'What an ImageUpdateAutomation pushes to another branch than the one that Flux reconciles changes nothing in the cluster until somebody merges it.',
  example: `git:
  checkout: {ref: {branch: main}}
  push: {branch: image-updates} # the GitRepository follows main`,
  fix: 'push to the branch that the GitRepository follows, unless a pull request is meant to stand between',
  link: 'https://fluxcd.io/flux/components/image/imageupdateautomations/#push',

  *find(context) {
    for (const { object, namespace } of imageAutomationOf(context).automations) {
      const reference = sourceReference(object.data, namespace);
      const source = context.repository.objects.find((one) => isSource(reference, one));
      const followed = source === undefined ? undefined : textAt(source.data, 'spec.ref.branch');
      const checkout = textAt(object.data, 'spec.git.checkout.ref.branch') ?? followed;
      const push = textAt(object.data, 'spec.git.push.branch') ?? checkout;
      if (followed === undefined || push === undefined || push === followed || isPlaceholder(`${push}${followed}`)) continue;
      yield { at: { object, path: ['spec', 'git', 'push', 'branch'] }, message: `it pushes to the branch ${push}, and the GitRepository ${reference.name} follows ${followed}` };
    }
  },
};
