import { at } from '../../model/fields';
import { describeValue, formatFieldPath } from '../../schema/schema-problem';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { schemaSetsOf } from '../schema/schema-sets';
import { substitutings } from './substituting';

export const variableChangesType: Rule = {
  id: 'variable-changes-type',
  severity: 'error',
  why: 'Flux substitutes in text from which the quotes are gone, and reads the result as YAML: a value such as 123, no, 1e5 or null is a number, a truth value or nothing then, also where the file has quotes, and the API server refuses it for a text.',
  example: `# spec.postBuild.substitute: { VERSION: "1.20" }
metadata:
  labels:
    version: "\${VERSION}" # becomes 1.2, a number`,
  fix: 'put quotes into the value: VERSION: \'"1.20"\'',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *find(context) {
    const sets = schemaSetsOf(context);
    for (const { cluster, kustomization, objects } of substitutings(context)) {
      for (const { object, before, after, texts } of objects) {
        const changed = texts.filter(({ path, text }) => at(before, path) === text && typeof at(after, path) !== 'string');
        if (changed.length === 0) continue;
        const problems = sets.get(cluster)?.validate(after) ?? [];
        for (const { path, text, expressions } of changed) {
          const key = JSON.stringify(path);
          if (!problems.some((problem) => JSON.stringify(problem.path) === key && TYPES.has(problem.rule))) continue;
          const value = at(after, path);
          const name = expressions[0]?.name ?? '';
          yield {
            at: { object, path },
            message: `${text} in ${formatFieldPath(path)} becomes ${value === null ? 'null' : describeValue(value)}, where a text is wanted`,
            fix: `put quotes into the value: ${name}: '"${String(value ?? '')}"'`,
            in: place(cluster, kustomization),
          };
        }
      }
    }
  },
};

const TYPES: ReadonlySet<string> = new Set(['type', 'label', 'required', 'properties']);
