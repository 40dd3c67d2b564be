import { createHash } from 'node:crypto';
import { listAt, mapping, textsAt, type Data } from '../model/fields';
import { isRemote, referencesOf, resolveTarget, type KustomizationFile } from '../model/kustomization-file';
import type { Repository } from '../model/repository';
import { generatedResources, type Walker } from '../model/walk';
import type { File } from '../tree/file';
import { directoryOf, relativePath } from '../tree/path';
import { rootKustomization } from './root-kustomization';

/** Everything that one build reads, and nothing else. */
export interface Closure {
  /** The directory to build. */
  readonly directory: string;
  /** By path, with the directory's own kustomization.yaml as Flux would write it. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** The files of the tree among them. */
  readonly files: ReadonlySet<string>;
  /** Where what was fetched from a URL stands. */
  readonly fetched: ReadonlyMap<string, string>;
  /** URLs that are in no cache. */
  readonly leftOut: readonly string[];
  /**
   * Why objects of the render say where they come from: the tree asks for it, or we do; `none` where that would change the
   * build itself.
   */
  readonly origins: 'asked for' | 'ours' | 'none';
  /** What the build depends on. */
  readonly digest: string;
  readonly failure?: string;
}

/** What was downloaded from a URL before, if it is here. */
export type FindDownload = (url: string) => Buffer | undefined;

/**
 * Gathers what a build reads.
 * @param flux the Flux Kustomization; undefined for the plain build of a directory
 */
export function closureOf(directory: string, flux: Data | undefined, repository: Repository, walker: Walker, find: FindDownload): Closure {
  const own = repository.kustomizations.get(directory);
  const generated = own === undefined ? generatedResources(repository, directory).map((path) => relativePath(directory, path)) : [];
  const exists = (path: string): boolean => {
    const target = resolveTarget(directory, path);
    return target !== undefined && (repository.tree.has(target) || repository.isDirectory(target));
  };
  const plain = { data: own?.data ?? { resources: generated } };
  const root: { data: Data; failure?: string } = flux === undefined ? plain : rootKustomization(own?.data, generated, flux, exists);
  const files = new Set(walker.walk(directory).files);
  for (const component of textsAt(flux, 'spec.components')) for (const file of walker.walk(resolveTarget(directory, component) ?? '..').files) files.add(file);
  const draft = new Draft(repository, find, files);
  const path = own?.path ?? `${directory === '' ? '' : `${directory}/`}kustomization.yaml`;
  for (const file of [...files]) if (file !== path) draft.addFile(file);
  draft.addRoot({ path, directory, data: root.data, isComponent: false });

  const broken = own === undefined ? undefined : repository.errorIn(own.path);
  return { directory, ...draft.finish(), failure: broken?.problem ?? root.failure };
}

class Draft {
  private readonly contents = new Map<string, Buffer>();
  private readonly fetched = new Map<string, string>();
  private readonly leftOut = new Set<string>();
  private readonly hash = createHash('sha256');
  private minds = false;
  private origins: Closure['origins'] = 'none';

  constructor(private readonly repository: Repository, private readonly find: FindDownload, private readonly files: Set<string>) {}

  addFile(path: string): void {
    const file = this.repository.tree.get(path);
    if (this.contents.has(path) || file === undefined) return;
    const kustomization = this.repository.kustomizations.get(directoryOf(path));
    if (kustomization?.path === path) {
      this.followConfiguration(kustomization);
      if (referencesOf(kustomization).some(({ role, target }) => role !== 'inputs' && isRemote(target))) return this.putData(path, this.withoutUrls(kustomization));
    }
    this.put(path, file.bytes, digestOf(file));
    if (file.type === 'manifests' && !this.minds && MINDS.test(file.text)) this.minds = true;
  }

  /** The kustomization.yaml of the directory that is built, when all else is there. */
  addRoot(root: KustomizationFile): void {
    this.followConfiguration(root);
    const data = this.withoutUrls(root);
    if (MINDS.test(JSON.stringify(data))) this.minds = true;
    const asked = listAt(data, 'buildMetadata');
    this.origins = asked.includes('originAnnotations') ? 'asked for' : this.minds ? 'none' : 'ours';
    this.putData(root.path, this.origins === 'ours' ? { ...data, buildMetadata: [...asked, 'originAnnotations'] } : data);
  }

  finish(): Omit<Closure, 'directory'> {
    const { contents, files, fetched, origins } = this;
    return { contents, files, fetched, leftOut: [...this.leftOut], origins, digest: this.hash.digest('hex') };
  }

  private putData(path: string, data: Data): void {
    const text = JSON.stringify(data);
    this.put(path, Buffer.from(text), text);
  }

  private put(path: string, bytes: Buffer, digest: string): void {
    this.contents.set(path, bytes);
    this.hash.update(`${path}\0${digest}\0`);
  }

  /** Transformers and the like may name files of their own: every string in them that is a file's path counts. */
  private followConfiguration(kustomization: KustomizationFile): void {
    const visit = (data: unknown): void => {
      if (typeof data === 'string') {
        const target = data.length < 1000 && !data.includes('\n') ? resolveTarget(kustomization.directory, data.slice(data.indexOf('=') + 1)) : undefined;
        if (target !== undefined && this.repository.tree.has(target) && !this.files.has(target)) {
          this.files.add(target);
          this.addFile(target);
        }
      } else if (typeof data === 'object' && data !== null) Object.values(data).forEach(visit);
    };
    for (const { role, target } of referencesOf(kustomization)) {
      const path = role === 'configuration' ? resolveTarget(kustomization.directory, target) : undefined;
      if (path !== undefined) for (const { object } of this.repository.documentsIn(path)) visit(object);
    }
    visit(kustomization.data['helmCharts']);
  }

  private withoutUrls({ directory, data }: KustomizationFile): Data {
    const local = (targets: readonly unknown[]): unknown[] => targets.flatMap((target) => {
      if (typeof target !== 'string' || !isRemote(target)) return [target];
      const bytes = this.find(target);
      if (bytes === undefined) {
        this.leftOut.add(target);
        return [];
      }
      const path = `.fluxwright-fetched/${createHash('sha256').update(target).digest('hex')}.yaml`;
      this.fetched.set(path, target);
      if (!this.contents.has(path)) this.put(path, bytes, createHash('sha256').update(bytes).digest('hex'));
      return [relativePath(directory, path)];
    });
    const changed: Record<string, unknown> = { ...mapping(data) };
    const before = this.leftOut.size;
    for (const field of ['resources', 'bases', 'components']) if (Array.isArray(data[field])) changed[field] = local(listAt(data, field));
    // without its only resources, kustomize would call it empty
    if (this.leftOut.size > before && changed['buildMetadata'] === undefined) changed['buildMetadata'] = [];
    return changed;
  }
}

/** What a build does differently where objects have an annotation that they did not have. */
const MINDS = /\/metadata\/annotations\b(?!\/)|metadata[./]annotations["\s,]|needs-hash/;

const digests = new WeakMap<File, string>();

function digestOf(file: File): string {
  let digest = digests.get(file);
  if (digest === undefined) digests.set(file, (digest = createHash('sha256').update(file.bytes).digest('hex')));
  return digest;
}
