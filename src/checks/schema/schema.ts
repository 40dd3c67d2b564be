import type { AppliedObject } from '../../model/applied-object';
import { at, listAt, textAt } from '../../model/fields';
import type { FluxKustomization } from '../../model/flux-kustomization';
import type { SourceObject } from '../../model/source-object';
import type { SchemaProblem, SchemaRule } from '../../schema/schema-problem';
import type { SchemaSet } from '../../schema/schema-set';
import type { CheckContext } from '../check-context';
import type { Report, Rule } from '../rule';
import { schemaSetsOf } from './schema-sets';

export const schema: Rule = {
  id: 'schema',
  severity: 'error',
  why: 'What does not fit the schema of its kind is refused by the API server, and with it the whole Flux Kustomization; a field that it does not know is dropped without a word.',
  example: `kind: Deployment
spec:
  replica: 3 # the field is called "replicas"`,
  fix: 'mend the field; "kubectl explain" shows what its kind has',
  link: 'https://kubernetes.io/docs/reference/kubernetes-api/',
  yieldsTo: ['backup-schedule-invalid', 'flux-version-not-served', 'listener-refuses-route', 'policy-pattern-invalid', 'substitution-failed', 'variable-changes-type', 'variable-unset'],

  *find(context) {
    const sets = schemaSetsOf(context);
    const seen = new Set<unknown>();
    for (const cluster of context.clusters) {
      for (const object of cluster.byHand) {
        if (object.source !== undefined) seen.add(object.source);
        yield* problemsOf(object, sets.get(cluster)!, () => true);
      }
      for (const kustomization of cluster.kustomizations) {
        const isPatched = !context.rendered && mayBePatched(kustomization, context);
        for (const object of kustomization.objects) {
          if (object.source !== undefined) seen.add(object.source);
          // what lacks the value of a variable is not what will be applied
          if (object.fetchedFrom !== undefined || kustomization.unset?.some((variable) => variable.object === object) === true) continue;
          yield* problemsOf(object, sets.get(cluster)!, (problem) => !(isPatched && NEEDS_THE_WHOLE.has(problem.rule)), `${cluster.name}: ${kustomization.key}`);
        }
      }
    }
    for (const object of context.repository.objects) {
      // what nothing applies may be a fragment, or a template that somebody fills in
      if (!seen.has(object) && !isTemplate(context, object)) yield* problemsOf(object, sets.get(undefined)!, ({ rule }) => !NEEDS_THE_WHOLE.has(rule));
    }
  },
};

/** What can only be said of an object that is complete. */
const NEEDS_THE_WHOLE: ReadonlySet<SchemaRule> = new Set(['required', 'selector', 'combination', 'alternatives', 'reference', 'cel', 'name']);

function* problemsOf(object: AppliedObject | SourceObject, set: SchemaSet, counts: (problem: SchemaProblem) => boolean, of?: string): Generator<Report> {
  for (const problem of set.validate(object.data, { isOpaque: hasVariable })) {
    if (counts(problem) && !isOfTheOperator(object, problem) && !isSelector(object, problem)) yield { at: { object, path: problem.path }, message: problem.message, severity: problem.severity, in: of };
  }
}

/** The Flux operator lets its own kinds into the CRDs that it installs, which Flux's own do not have. */
function isOfTheOperator({ group, data }: AppliedObject | SourceObject, { rule, path }: SchemaProblem): boolean {
  return rule === 'enum' && group === 'notification.toolkit.fluxcd.io' && /^(FluxInstance|FluxReport|ResourceSet|ResourceSetInputProvider)$/.test(textAt(data, path) ?? '');
}

/** What selector-differs-from-template says better. */
function isSelector({ group }: AppliedObject | SourceObject, { rule }: SchemaProblem): boolean {
  return rule === 'selector' && group === 'apps';
}

/** Flux's substitution, or somebody who copies the file, puts the value there: `${NAME}`, `{{ name }}`, `REPOSITORY_URL`. */
function hasVariable(text: string): boolean {
  return /\$\{|\{\{|(?<![\w-])[A-Z][A-Z0-9]*_[A-Z0-9_]+(?![\w-])/.test(text);
}

/** Whether something changes what the files say on the way to the cluster. */
function mayBePatched({ data, files }: FluxKustomization, { repository }: CheckContext): boolean {
  if (listAt(data, 'spec.patches').length > 0 || listAt(data, 'spec.components').length > 0) return true;
  return repository.kustomizationsAmong(files).some((kustomization) => CHANGING.some((field) => at(kustomization.data, field) !== undefined));
}

const CHANGING = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'components', 'replacements', 'transformers'];

function isTemplate({ repository }: CheckContext, { file }: SourceObject): boolean {
  const source = repository.tree.get(file);
  return source?.type === 'manifests' && /\{\{|\$\{|<[A-Z][A-Z_-]+>/.test(source.text);
}
