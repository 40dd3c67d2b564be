import type { AppliedObject } from '../../model/applied-object';
import { discoverClusters, walkingBuilder } from '../../model/clusters';
import type { Build, Builder, Cluster } from '../../model/flux-kustomization';
import { Repository } from '../../model/repository';
import { Walker } from '../../model/walk';
import type { FindDownload } from '../../render/closure';
import type { Tree } from '../../tree/tree';
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
    const unknown = [new Set<string>(), new Set<string>()] as const;
    const clusters = await Promise.all(sides.map(async (side, index) => discover(side, { same, differing, unknown: unknown[index]!, built, isLast: pass === MOST_PASSES })));
    if (unknown.every(({ size }) => size === 0)) return [{ ...sides[0], clusters: clusters[0]! }, { ...sides[1], clusters: clusters[1]! }, built];
    for (const inputs of new Set([...unknown[0], ...unknown[1]])) (unknown[0].has(inputs) && unknown[1].has(inputs) ? same : differing).add(inputs);
  }
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
  readonly built: Set<AppliedObject>;
  readonly isLast: boolean;
}

async function discover({ repository, walker, real, inputs }: Side, { same, differing, unknown, built, isLast }: Pass): Promise<Cluster[]> {
  const walking = walkingBuilder(walker);
  return discoverClusters(repository, walker, async (requests) => {
    const told = requests.map((request) => ({ request, inputs: inputs(request) }));
    const wanted = told.filter((one) => differing.has(one.inputs) || (isLast && !same.has(one.inputs))).map(({ request }) => request);
    for (const one of told) if (!isLast && !same.has(one.inputs) && !differing.has(one.inputs)) unknown.add(one.inputs);
    const results = new Map<unknown, Build>();
    (await walking(requests)).forEach((build, index) => results.set(requests[index], build));
    (await real(wanted)).forEach((build, index) => results.set(wanted[index], build));
    for (const { object } of wanted) built.add(object);
    return requests.map((request) => results.get(request)!);
  });
}
