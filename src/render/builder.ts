import { availableParallelism } from 'node:os';
import type { AppliedObject } from '../model/applied-object';
import type { Data } from '../model/fields';
import type { Build, Builder, BuildRequest, UnsetVariable } from '../model/flux-kustomization';
import type { Repository } from '../model/repository';
import { identityOf, identityTitle } from '../model/source-object';
import type { Walker } from '../model/walk';
import { build, findBuild, type PlainBuild } from './build';
import { closureOf, type Closure, type FindDownload } from './closure';
import { withCommonMetadata } from './common-metadata';
import type { Kustomize } from './kustomize';
import { withSources } from './origins';
import type { RenderCache } from './render-cache';
import { sourceFinder } from './substitution/source-finder';
import { substitute, type Substituted } from './substitution/substitute';
import { variablesOf } from './substitution/variables';

export interface RenderOptions {
  readonly repository: Repository;
  readonly walker: Walker;
  readonly kustomize: Kustomize;
  readonly cache: RenderCache;
  readonly findDownload: FindDownload;
  /** Told before and after each build that is not in the cache: how many are to do, and how many are done. */
  readonly onProgress?: (progress: RenderProgress) => void;
}

export interface RenderProgress {
  readonly done: number;
  readonly wanted: number;
}

function unsubstituted({ data }: AppliedObject): Substituted {
  return { data, unset: [], unresolved: [] };
}

/** Builds what Flux would apply, by the real kustomize. */
export class Renderer {
  private readonly running = new Map<string, Promise<PlainBuild>>();
  private readonly waiting: (() => void)[] = [];
  private free = availableParallelism();
  private done = 0;
  private wanted = 0;

  constructor(private readonly options: RenderOptions) {}

  /** Builds Flux Kustomizations; variables may come from one to the other. */
  readonly builder: Builder = async (requests) => {
    const builds = await Promise.all(requests.map(async (request) => this.plain(request.path, request.object.data)));
    const together = builds.flatMap(({ objects }) => objects);
    return requests.map((request, index) => this.substituted(request, builds[index]!, together));
  };

  /** Builds a directory as it is, without a Flux Kustomization. */
  async directory(path: string): Promise<Build> {
    return this.plain(path, undefined);
  }

  private async plain(path: string, flux: Data | undefined): Promise<Build> {
    const { repository, walker, findDownload } = this.options;
    const closure = closureOf(path, flux, repository, walker, findDownload);
    const { rendered, failure } = closure.failure === undefined ? await this.build(closure) : { rendered: [], failure: closure.failure };
    const objects = withSources(rendered, closure, walker.walk(path).objects, repository);
    const leftOut = closure.leftOut.length === 0 ? {} : { leftOut: closure.leftOut };
    // what patches a part that was left out cannot be built, which is nobody's fault
    return { objects, files: closure.files, ...leftOut, ...(failure === undefined || closure.leftOut.length > 0 ? {} : { failure }) };
  }

  private substituted({ object, namespace, applied }: BuildRequest, built: Build, together: readonly AppliedObject[]): Build {
    const flux = object.data;
    const variables = variablesOf(flux, namespace, sourceFinder([built.objects, applied, together], this.options.repository, object.source?.file ?? ''));
    const unset: UnsetVariable[] = [];
    const failures: string[] = [];
    const objects = built.objects.map((one): AppliedObject => {
      const { data: filled, unset: names, unresolved, failure } = variables === undefined ? unsubstituted(one) : substitute(one.data, variables);
      if (failure !== undefined) failures.push(`${identityTitle(one)} cannot be substituted: ${failure}`);
      const data = withCommonMetadata(filled, flux);
      if (data === one.data) return one;
      const result = { ...one, ...identityOf(data), data, ...(filled === one.data ? {} : { beforeSubstitution: one.data }), ...(unresolved.length === 0 ? {} : { unresolved }) };
      for (const name of names) unset.push({ name, object: result });
      return result;
    });
    const failure = built.failure ?? failures[0];
    return { ...built, objects, variables, unset, ...(failure === undefined ? {} : { failure }) };
  }

  /** Takes a build from the cache, or waits for a free processor to make it. What is asked for twice is made once. */
  private async build(closure: Closure): Promise<PlainBuild> {
    const { kustomize, cache } = this.options;
    const key = `${closure.directory}\0${closure.digest}`;
    let running = this.running.get(key);
    if (running === undefined) this.running.set(key, (running = Promise.resolve(findBuild(closure, kustomize, cache) ?? this.make(closure))));
    return running;
  }

  private async make(closure: Closure): Promise<PlainBuild> {
    const { kustomize, cache, onProgress } = this.options;
    onProgress?.({ done: this.done, wanted: ++this.wanted });
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await build(closure, kustomize, cache);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free++;
      else next();
      onProgress?.({ done: ++this.done, wanted: this.wanted });
      if (this.done === this.wanted) cache.evict();
    }
  }
}
