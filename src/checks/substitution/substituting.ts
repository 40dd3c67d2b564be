import type { AppliedObject } from '../../model/applied-object';
import { at, isMapping, type Data, type Step } from '../../model/fields';
import type { Cluster, FluxKustomization, Variables } from '../../model/flux-kustomization';
import { evaluate, UNKNOWN } from '../../render/substitution/evaluate';
import { sourceFinder } from '../../render/substitution/source-finder';
import { substitute } from '../../render/substitution/substitute';
import { parseTemplate, TemplateError, type Expression, type Node } from '../../render/substitution/template';
import { variablesOf, type VariableSource } from '../../render/substitution/variables';
import { isSettled } from '../graph/cluster-facts';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** A Flux Kustomization that substitutes variables. */
export interface Substituting {
  readonly cluster: Cluster;
  readonly kustomization: FluxKustomization;
  readonly variables: Variables;
  readonly objects: readonly SubstitutedObject[];
}

export interface SubstitutedObject {
  readonly object: AppliedObject;
  /** As kustomize leaves it. */
  readonly before: Data;
  /** As Flux applies it. */
  readonly after: Data;
  /** The texts in it with variables. */
  readonly texts: readonly VariableText[];
  /** Why Flux cannot substitute in it. */
  readonly failure: string | undefined;
}

/** A text with variables in it. */
export interface VariableText {
  readonly path: readonly Step[];
  readonly text: string;
  readonly expressions: readonly Expression[];
  /** With values put in, as far as they are known. */
  readonly filled: string;
  /** Variables with neither a value nor a default. */
  readonly unset: readonly string[];
  /** Why Flux cannot read it. */
  readonly failure: string | undefined;
}

/** What is substituted in all clusters, with and without a render. What is put in by patches that are not seen is left out. */
export const substitutings = memoized((context: CheckContext): readonly Substituting[] => (
  context.clusters.flatMap((cluster) => cluster.kustomizations.flatMap((kustomization) => substitutingOf(context, cluster, kustomization) ?? []))
));

function substitutingOf(context: CheckContext, cluster: Cluster, kustomization: FluxKustomization): Substituting | undefined {
  const variables = seenVariables(context, cluster, kustomization);
  if (variables === undefined || !variables.isActive) return undefined;
  const objects = kustomization.objects.flatMap((object): SubstitutedObject[] => {
    const before = object.beforeSubstitution ?? object.data;
    const written = textsIn(before);
    if (written.length === 0 || isSwitchedOff(before)) return [];
    const texts = written.map(({ path, text }) => readText(path, text, variables)).filter(({ expressions, failure }) => expressions.length > 0 || failure !== undefined);
    const { data: after, failure } = substitute(before, variables);
    return [{ object, before, after, texts, failure }];
  });
  return { cluster, kustomization, variables, objects };
}

/** The variables of a Flux Kustomization; undefined where it has none, or they cannot be seen. */
export function seenVariables(context: CheckContext, cluster: Cluster, kustomization: FluxKustomization): Variables | undefined {
  if (kustomization.variables !== undefined) return kustomization.variables;
  const { object, parent, data, namespace } = kustomization;
  if (context.rendered && kustomization.failure === undefined) return undefined;
  if (!isSettled(context, parent, object, 'postBuild') || !isSettled(context, parent, object, 'substituteFrom')) return undefined;
  const known = sourcesIn(cluster);
  return variablesOf(data, namespace, (wanted) => {
    const key = `${wanted.kind}/${wanted.namespace}/${wanted.name}`;
    if (!known.has(key)) known.set(key, sourceFinder([], context.repository, object.source?.file ?? '')(wanted));
    return known.get(key);
  });
}

/** ConfigMaps and Secrets of a cluster, and what was looked for elsewhere. */
const sourcesIn = memoized((cluster: Cluster): Map<string, VariableSource | undefined> => {
  const found = new Map<string, VariableSource | undefined>();
  for (const { objects, namespace: own } of cluster.kustomizations) {
    for (const object of objects) {
      const { group, kind, name, namespace = own } = object;
      if (group === '' && (kind === 'ConfigMap' || kind === 'Secret')) found.set(`${kind}/${namespace}/${name}`, object);
    }
  }
  return found;
});

function isSwitchedOff(data: Data): boolean {
  return ['labels', 'annotations'].some((field) => at(data, ['metadata', field, 'kustomize.toolkit.fluxcd.io/substitute']) === 'disabled');
}

/** Every text of an object with a `${`, keys among them. */
export function textsIn(data: unknown): { readonly path: readonly Step[]; readonly text: string }[] {
  const found: { path: readonly Step[]; text: string }[] = [];
  const visit = (value: unknown, path: readonly Step[]): void => {
    if (typeof value === 'string') {
      if (value.includes('${')) found.push({ path, text: value });
    } else if (Array.isArray(value)) value.forEach((item, index) => visit(item, [...path, index]));
    else if (isMapping(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (key.includes('${')) found.push({ path: [...path, key], text: key });
        visit(child, [...path, key]);
      }
    }
  };
  visit(data, []);
  return found;
}

function readText(path: readonly Step[], text: string, { values, missing }: Variables): VariableText {
  try {
    const { text: filled, unset } = evaluate(text, (name) => (values.has(name) ? values.get(name) ?? UNKNOWN : missing.length > 0 ? UNKNOWN : undefined));
    return { path, text, expressions: expressionsIn(parseTemplate(text)), filled, unset, failure: undefined };
  } catch (error) {
    return { path, text, expressions: [], filled: text, unset: [], failure: problemOf(error) };
  }
}

/** The expressions of a text, those in defaults included; none of a text that Flux cannot read. */
export function expressionsOf(text: string): Expression[] {
  try {
    return expressionsIn(parseTemplate(text));
  } catch (error) {
    problemOf(error);
    return [];
  }
}

/** Expressions within expressions may be too deep to be followed. */
function problemOf(error: unknown): string {
  if (error instanceof TemplateError) return error.message;
  if (error instanceof RangeError) return 'too deep';
  throw error;
}

function expressionsIn(nodes: readonly Node[]): Expression[] {
  return nodes.flatMap((node) => (typeof node === 'string' ? [] : [node, ...expressionsIn(node.parameters)]));
}
