import { formatFieldPath } from '../../schema/schema-problem';
import { nearestTo } from '../../nearest';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { isStrict, withoutValue } from './flux-release';
import { readerOf } from './script-text';
import { substitutings } from './substituting';

export const variableUnset: Rule = {
  id: 'variable-unset',
  severity: 'error',
  why: 'Flux 2.9 and newer refuse a Kustomization with a variable that has neither a value nor a default; older ones put nothing in its place.',
  example: `# in what a Kustomization with spec.postBuild applies
host: \${HOSTNAME}.example.com`,
  fix: 'set it in spec.postBuild.substitute or in what substituteFrom names, or give it a default: ${NAME:=value}',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',
  spoilsObject: true,

  *find(context) {
    for (const { cluster, kustomization, variables, objects } of substitutings(context)) {
      const said = new Set<string>(); // once is enough: it is mended in one place
      for (const { object, texts } of objects) {
        for (const { path, text, unset } of texts) {
          if (readerOf(object, path, text) !== undefined) continue; // another rule's
          for (const name of unset) {
            if (said.has(name)) continue;
            said.add(name);
            const meant = nearestTo(name, variables.values.keys());
            yield {
              at: { object, path },
              message: `\${${name}} in ${formatFieldPath(path)} has no value: ${withoutValue(context, cluster)}`,
              fix: meant === undefined ? `set ${name} in spec.postBuild of ${kustomization.key}, or give it a default: \${${name}:=value}` : `write "\${${meant}}", if that is meant, or set ${name} in spec.postBuild of ${kustomization.key}`,
              severity: isStrict(context, cluster) ? 'error' : 'warning',
              in: place(cluster, kustomization),
            };
          }
        }
      }
    }
  },
};
