import { nearestTo } from '../../nearest';
import type { Rule } from '../rule';
import { buildNotes, severityAt, titleOf } from './build-notes';

export const generatorWithoutMatch: Rule = {
  id: 'generator-without-match',
  severity: 'error',
  why: 'kustomize refuses to build where a generator merges into what is not there, or makes what is there already.',
  example: `configMapGenerator:
  - name: setings # the base makes "settings"
    behavior: merge
    literals: [LOG_LEVEL=debug]`,
  fix: 'write name and namespace as the base has them, and the behavior that fits',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/',

  *find(context) {
    for (const note of buildNotes(context)) {
      if (note.type !== 'generator') continue;
      const { at, kind, name, namespace, behavior, exists, candidates } = note;
      const title = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
      const sameName = candidates.find(({ ids }) => ids.some((id) => id.name === name));
      const meant = nearestTo(name, candidates.flatMap(({ ids }) => ids.map((id) => id.name)));
      yield {
        at,
        message: exists ? `there is a ${title} already, and kustomize refuses to make another` : `the ${title} to ${behavior} into is not there: kustomize refuses to build`,
        fix: exists ? 'write "behavior: merge" or "behavior: replace", or give it another name' : sameName !== undefined ? `write the namespace as it is there: ${titleOf(sameName)}` : meant !== undefined ? `write "${meant}", if that is meant` : 'leave the behavior out, so that it is made here',
        severity: severityAt(context, at, 'error'),
      };
    }
  },
};
