import { formatFieldPath } from '../../schema/schema-problem';
import { place } from '../graph/cluster-facts';
import type { Rule } from '../rule';
import { substitutings } from './substituting';

export const substitutionFailed: Rule = {
  id: 'substitution-failed',
  severity: 'error',
  why: 'Flux knows a part of what shells know behind ${, and refuses the whole Kustomization for the rest; and what comes of a substitution has to be YAML.',
  example: `data:
  run.sh: |
    echo \${files[@]} # Flux: missing closing brace`,
  fix: 'write $${ for what is not meant for Flux, or annotate the object with "kustomize.toolkit.fluxcd.io/substitute: disabled"',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *find(context) {
    for (const { cluster, kustomization, objects } of substitutings(context)) {
      for (const { object, texts, failure } of objects) {
        const broken = texts.find((one) => one.failure !== undefined);
        if (broken !== undefined) {
          yield { at: { object, path: broken.path }, message: `Flux cannot read ${expressionAt(broken.text)} in ${formatFieldPath(broken.path)} (${broken.failure}), and refuses the Kustomization`, in: place(cluster, kustomization) };
        } else if (failure !== undefined && texts.length > 0) {
          const [first] = texts;
          yield {
            at: { object, path: first!.path },
            message: `with its variables put in it is no YAML any more, and Flux refuses the Kustomization: ${failure.replace(/[.:]\s*$/, '')}`,
            fix: 'quote the value within the variable, or put the variable into a longer text',
            in: place(cluster, kustomization),
          };
        }
      }
    }
  },
};

/** The first thing in a text that is no plain variable, shortened. */
function expressionAt(text: string): string {
  const start = [...text.matchAll(/(?<!\$)\$\{/g)].map(({ index }) => text.slice(index).split('\n')[0]!).find((rest) => !/^\$\{\w+(:?[-=+?][^}$]*)?\}/.test(rest) || /^\$\{\w+-/.test(rest)) ?? '${';
  const end = start.indexOf('}');
  return start.slice(0, Math.min(end < 0 ? 40 : end + 1, 40));
}
