import { at, textAt } from '../../model/fields';
import { nearestTo } from '../../nearest';
import { isPlaceholder } from '../placeholder';
import type { Rule } from '../rule';
import { imageAutomationOf } from './image-facts';

export const imageRepositoryMissing: Rule = {
  id: 'image-repository-missing',
  severity: 'error',
  why: 'An ImagePolicy chooses from the tags of its ImageRepository: without it, or with it in another namespace that is not named, it never becomes ready.',
  example: `kind: ImagePolicy
metadata: {name: web, namespace: flux-system}
spec:
  imageRepositoryRef:
    name: web # the ImageRepository lies in the namespace "shop"`,
  fix: 'put the ImageRepository into the namespace of the policy, or name the one that is meant',
  link: 'https://fluxcd.io/flux/components/image/imagepolicies/#image-repository-reference',

  *find(context) {
    const { policies, repositories } = imageAutomationOf(context);
    for (const { object, namespace, cluster } of policies) {
      const name = textAt(object.data, 'spec.imageRepositoryRef.name');
      const of = textAt(object.data, 'spec.imageRepositoryRef.namespace') ?? namespace;
      if (name === undefined || isPlaceholder(`${name}${of}`)) continue;
      const near = repositories.filter((one) => one.cluster === cluster || one.cluster === undefined || cluster === undefined);
      if (near.some((one) => one.object.name === name && one.namespace === of)) continue;
      const elsewhere = near.find((one) => one.object.name === name);
      const nearest = nearestTo(name, near.filter((one) => one.namespace === of).map((one) => one.object.name));
      yield {
        at: { object, path: ['spec', 'imageRepositoryRef', ...(at(object.data, 'spec.imageRepositoryRef.name') === undefined ? [] : ['name'])] },
        message: elsewhere === undefined ? `the ImageRepository ${of}/${name} does not exist` : `the ImageRepository ${name} lies in ${elsewhere.namespace}, not in ${of}`,
        fix: elsewhere !== undefined ? `move it to ${of}; across namespaces, name ${elsewhere.namespace} in imageRepositoryRef and allow it by accessFrom` : nearest === undefined ? undefined : `write "name: ${nearest}", if that is meant`,
      };
    }
  },
};
