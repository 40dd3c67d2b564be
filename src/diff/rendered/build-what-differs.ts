import type { AppliedObject } from '../../model/applied-object';
import { discoverClusters, walkingBuilder } from '../../model/clusters';
import type { Build, Builder, Cluster } from '../../model/flux-kustomization';
import { Repository } from '../../model/repository';
import { Walker } from '../../model/walk';
import type { FindDownload } from '../../render/closure';
import type { Tree } from '../../tree/tree';
import { isBuilt } from '../consequences/pruned-objects';
import { clusterPairs } from '../consequences/cluster-pairs';
import type { BuilderFor, State } from '../state';
import { buildInputs } from './build-inputs';

/** Flux Kustomizations that apply others lie less deep than this in every repository. */
const MOST_PASSES = 20;

/**
 * Builds what does not have the same inputs on both sides, and walks along the rest. What a Flux Kustomization is made from
 * may depend on the build of another, which patches it: so both sides are gone through until nothing is unknown, and what
 * was found out before says what has to be built.
 * @returns both states, and the objects of the Flux Kustomizations that were built
 */
export async function buildWhatDiffers(before: Tree, after: Tree, { builderFor, findDownload }: { readonly builderFor: BuilderFor; readonly findDownload: FindDownload }): Promise<[State, State, ReadonlySet<AppliedObject>]> {
  const sides = [await openSide(before, builderFor, findDownload), await openSide(after, builderFor, findDownload)] as const;
  const same = new Set<string>();
  const differing = new Set<string>();
  for (let pass = 1; ; pass++) {
    const built = new Set<AppliedObject>();
    const inputs = new Map<AppliedObject, string>();
    const unknown = [new Set<string>(), new Set<string>()] as const;
    const clusters = await Promise.all(sides.map(async (side, index) => discover(side, { same, differing, unknown: unknown[index]!, inputs, built, isLast: pass === MOST_PASSES })));
    const [was, is] = sides.map((side, index): State => ({ ...side, clusters: clusters[index]! })) as [State, State];
    const halves = halfBuilt(was, is, built);
    if (pass === MOST_PASSES || (unknown.every(({ size }) => size === 0) && halves.length === 0)) return [was, is, built];
    for (const object of halves) differing.add(inputs.get(object)!);
    for (const one of new Set([...unknown[0], ...unknown[1]])) (unknown[0].has(one) && unknown[1].has(one) ? same : differing).add(one);
  }
}

/** What is built on one side alone, on the other: another Flux Kustomization of that side may have the same inputs. */
function halfBuilt(before: State, after: State, built: ReadonlySet<AppliedObject>): AppliedObject[] {
  return clusterPairs({ before, after }).flatMap((pair) => pair.before.kustomizations.flatMap((was) => {
    const is = pair.after.kustomizations.find(({ key }) => key === was.key);
    if (is === undefined || !isBuilt(was) || !isBuilt(is) || built.has(was.object) === built.has(is.object)) return [];
    return [built.has(was.object) ? is.object : was.object];
  }));
}

interface Side extends Pick<State, 'repository' | 'walker'> {
  readonly real: Builder;
  readonly inputs: ReturnType<typeof buildInputs>;
}

async function openSide(tree: Tree, builderFor: BuilderFor, findDownload: FindDownload): Promise<Side> {
  const repository = new Repository(tree);
  const walker = new Walker(repository);
  return { repository, walker, real: await builderFor(repository, walker), inputs: buildInputs(repository, walker, findDownload) };
}

interface Pass {
  readonly same: ReadonlySet<string>;
  readonly differing: ReadonlySet<string>;
  /** Inputs of which it is not known yet whether the other side has them. */
  readonly unknown: Set<string>;
  /** Is filled with the inputs of all that is come upon. */
  readonly inputs: Map<AppliedObject, string>;
  readonly built: Set<AppliedObject>;
  readonly isLast: boolean;
}

async function discover({ repository, walker, real, inputs: inputsOf }: Side, { same, differing, unknown, inputs, built, isLast }: Pass): Promise<Cluster[]> {
  const walking = walkingBuilder(walker);
  return discoverClusters(repository, walker, async (requests) => {
    const told = requests.map((request) => ({ request, inputs: inputsOf(request) }));
    for (const one of told) inputs.set(one.request.object, one.inputs);
    const wanted = told.filter((one) => differing.has(one.inputs) || (isLast && !same.has(one.inputs))).map(({ request }) => request);
    for (const one of told) if (!isLast && !same.has(one.inputs) && !differing.has(one.inputs)) unknown.add(one.inputs);
    const results = new Map<unknown, Build>();
    (await walking(requests)).forEach((build, index) => results.set(requests[index], build));
    (await real(wanted)).forEach((build, index) => results.set(wanted[index], build));
    for (const { object } of wanted) built.add(object);
    return requests.map((request) => results.get(request)!);
  });
}
