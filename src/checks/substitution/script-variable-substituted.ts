import { formatFieldPath } from '../../schema/schema-problem';
import { listed, place } from '../graph/cluster-facts';
import type { Rule, Severity } from '../rule';
import { isStrict, withoutValue } from './flux-release';
import { ownVariables, readerOf } from './script-text';
import { substitutings, type VariableText } from './substituting';

export const scriptVariableSubstituted: Rule = {
  id: 'script-variable-substituted',
  severity: 'error',
  why: 'Flux takes every ${NAME} for a variable of its own, also in a script, a dashboard or a configuration file within a ConfigMap: the program that should read it never sees it.',
  example: `data:
  backup.sh: |
    target=/backup
    cp -r /data \${target} # Flux puts its own "target" there`,
  fix: 'write $${NAME}, of which Flux leaves ${NAME}, or annotate the object with "kustomize.toolkit.fluxcd.io/substitute: disabled"',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution',

  *find(context) {
    for (const { cluster, kustomization, variables, objects } of substitutings(context)) {
      for (const { object, texts } of objects) {
        for (const one of texts) {
          const reader = readerOf(object, one.path, one.text);
          if (reader === undefined) continue;
          const lost = reader === 'shell' ? lostToFlux(one, variables.values) : [];
          if (one.unset.length === 0 && lost.length === 0) continue;
          const names = one.unset.length > 0 ? one.unset : lost;
          const severity: Severity = one.unset.length > 0 && isStrict(context, cluster) ? 'error' : 'warning';
          yield {
            at: { object, path: one.path },
            message: one.unset.length > 0
              ? `Flux takes ${listed(names.map(written))} in ${formatFieldPath(one.path)} for its own, which ${names.length === 1 ? 'has' : 'have'} no value: ${withoutValue(context, cluster)}`
              : `Flux takes ${listed(names.map(written))} in ${formatFieldPath(one.path)} for its own, and the script sets ${names.length === 1 ? 'it' : 'them'} itself: what it sets is never read`,
            fix: `write ${names.length === 1 ? `$${written(names[0]!)}` : '$${…}'} for the program's own, annotate the object with "kustomize.toolkit.fluxcd.io/substitute: disabled", or set what is meant for Flux`,
            severity,
            in: place(cluster, kustomization),
          };
        }
      }
    }
  },
};

function written(name: string): string {
  return `\${${name}}`;
}

/** What a script means to read of itself or of its caller, and Flux replaces by its own value or by the default. */
function lostToFlux({ text, expressions }: VariableText, values: ReadonlyMap<string, unknown>): string[] {
  const own = ownVariables(text);
  const names = expressions.filter(({ name, source }) => /^\d+$/.test(name) || (own.has(name) && !isAssignedFrom(text, name, source) && (values.has(name) || source !== written(name)))).map(({ name }) => name);
  return [...new Set(names)];
}

/** `NAME=\${NAME:-x}` takes a default from Flux, and is read back by \`$NAME\`. */
function isAssignedFrom(text: string, name: string, source: string): boolean {
  return text.includes(`${name}=${source}`) || text.includes(`${name}="${source}"`);
}
