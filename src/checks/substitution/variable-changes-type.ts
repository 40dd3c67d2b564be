import { at, mapping, type Step } from '../../model/fields';
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
        // null fits everywhere; a number at its place shows whether a text is wanted
        const probed = changed.reduce<unknown>((data, { path }) => (at(after, path) === null ? withValue(data, path, 0) : data), after);
        const refused = new Set((sets.get(cluster)?.validate(probed) ?? []).filter(({ rule }) => rule === 'type' || rule === 'label').map(({ path }) => JSON.stringify(path)));
        for (const { path, text, filled, expressions } of changed) {
          const value = at(after, path);
          if (!refused.has(JSON.stringify(path)) || (value === null && filled === '')) continue;
          yield {
            at: { object, path },
            message: `${text} in ${formatFieldPath(path)} becomes ${value === null ? 'null' : describeValue(value)}, where a text is wanted`,
            fix: `put quotes into the value: ${expressions[0]?.name ?? ''}: '"${filled}"'`,
            severity: value === null ? 'warning' : 'error',
            in: place(cluster, kustomization),
          };
        }
      }
    }
  },
};

function withValue(data: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(data)) return data.map((item: unknown, index) => (index === step ? withValue(item, rest, value) : item));
  return { ...mapping(data), [step]: withValue(mapping(data)[step], rest, value) };
}
