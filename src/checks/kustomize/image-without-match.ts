import type { BuildNote, ImageNote } from '../../model/kustomize/build-notes';
import { isPlaceholder } from '../../model/set-aside';
import { nearestTo } from '../../nearest';
import type { Rule } from '../rule';
import { buildNotes, byPlace, severityAt } from './build-notes';
import { listed } from '../graph/cluster-facts';

export const imageWithoutMatch: Rule = {
  id: 'image-without-match',
  severity: 'warning',
  why: 'An entry of images that names the image of no container changes nothing, and kustomize says nothing: the old version stays.',
  example: `images:
  - name: shop/sever # the containers run shop/server
    newTag: 1.4.0`,
  fix: 'write the name as the containers have it, without tag and digest, or drop the entry',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/',

  *find(context) {
    const notes = buildNotes(context).filter((note): note is BuildNote & ImageNote => note.type === 'image');
    for (const same of byPlace(notes, ({ at }) => at)) {
      const { at, name } = same[0]!;
      if (same.some(({ isFound }) => isFound) || isPlaceholder(name)) continue;
      const names = [...new Set(same.flatMap(({ images }) => images.map(nameOf)))].sort();
      const meant = names.find((one) => one === nameOf(name) || one.endsWith(`/${name}`)) ?? nearestTo(name, names);
      yield {
        at,
        message: `no container has the image "${name}"`,
        fix: meant !== undefined ? `write "${meant}", if that is meant` : names.length === 0 ? 'drop the entry: there are no containers' : `there is ${listed(names)}: write one of them, or drop the entry`,
        severity: severityAt(context, at, 'warning'),
      };
    }
  },
};

function nameOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
}
