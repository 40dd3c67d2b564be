import type { Rule } from '../rule';
import { buildNotes, severityAt, titleOf } from './build-notes';

export const resourceTwice: Rule = {
  id: 'resource-twice',
  severity: 'error',
  why: 'kustomize refuses to build where one object comes from two resources: a file that is listed twice, a base that two others take in, or two objects of one name.',
  example: `resources:
  - deployment.yaml
  - ../base # which has deployment.yaml, too`,
  fix: 'take it in once',
  link: 'https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/',

  *find(context) {
    const said = new Set<string>();
    for (const note of buildNotes(context)) {
      if (note.type !== 'twice') continue;
      const { at, object, first } = note;
      const key = JSON.stringify([at.path, 'file' in at ? at.file : at.object.source?.file]);
      if (said.has(key)) continue; // of a whole folder, one object is enough
      said.add(key);
      const [here, there] = [object.source, first.source];
      const isSame = here === there;
      // Flux lists what is in a folder without a kustomization.yaml: the place is the object's own then
      const place = 'file' in at && !context.repository.tree.has(at.file) && here !== undefined ? { object: here } : at;
      yield {
        at: place,
        message: `${titleOf(object)} is there already${isSame || there === undefined ? '' : `, from ${there.file}:${there.line}`}: kustomize refuses to build`,
        fix: isSame ? `take ${here?.file ?? 'it'} in once` : 'take out one of the two, or give it another name',
        severity: severityAt(context, 'object' in place && place.object === here ? { file: here!.file, path: [] } : at, 'error'),
      };
    }
  },
};
