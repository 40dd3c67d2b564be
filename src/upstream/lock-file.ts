import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import { visible } from '../visible';
import { isNothing, SettingsText } from '../yaml/settings-text';
import { isReleaseName, isVersion, urlAt } from './release-url';

/** A CustomResourceDefinition that a release brings. */
export interface ProvidedDefinition {
  /** `certificates.cert-manager.io`. */
  readonly name: string;
  readonly kind: string;
  /** Those that are served. */
  readonly versions: readonly string[];
}

/** A release of another project, as the lock file has it. */
export interface LockedRelease {
  readonly name: string;
  readonly version: string;
  /** Where it is published; `{version}` and `{number}` stand for the version, with and without its `v`. */
  readonly url: string;
  readonly sha256: string;
  /** Where a copy of it is kept in the repository; undefined for one that is only in the cache. */
  readonly path: string | undefined;
  readonly crds: readonly ProvidedDefinition[];
  readonly images: readonly string[];
}

/** Where exactly a locked release is published. */
export function locationOf({ url, version }: Pick<LockedRelease, 'url' | 'version'>): string {
  return urlAt(url, version);
}

/** @throws UserError `settings-invalid` with file and line, for everything that is wrong */
export function parseLock(text: string, path: string): LockedRelease[] {
  return new Reader(path, text).read();
}

const FIELDS = ['version', 'url', 'sha256', 'path', 'crds', 'images'];

class Reader {
  private readonly file: SettingsText;

  constructor(path: string, text: string) {
    this.file = new SettingsText(path, text);
  }

  read(): LockedRelease[] {
    const top = this.file.contents;
    const releases = top === null ? undefined : this.mapOf(top, 'holds no mapping')?.get('releases', true);
    if (isMap(top)) this.file.known(top, ['releases']);
    const found = isNothing(releases) ? [] : (this.mapOf(releases, 'has "releases", which is no mapping')?.items ?? []).map(({ key, value }) => this.release(key as Node, value as Node | null));
    this.file.throwWrong();
    return found;
  }

  private release(key: Node, value: Node | null): LockedRelease {
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : '';
    if (!isReleaseName(name)) this.file.wrong(key, `names a release ${JSON.stringify(visible(name))}`, 'use lower-case letters, digits, ".", "_" and "-"');
    const map = this.mapOf(value ?? key, `has no fields of the release ${visible(name)}`);
    if (map !== undefined) this.file.known(map, FIELDS);
    const version = this.text(map, 'version', isVersion, 'write it as upstream does, such as v1.16.1');
    const url = this.text(map, 'url', (text) => /^(https?|file):\/\/\S+$/.test(text), 'write where upstream publishes it, such as "https://…/{version}/release.yaml"');
    const sha256 = this.text(map, 'sha256', (text) => /^[0-9a-f]{64}$/.test(text), 'write 64 hexadecimal digits, as `sha256sum FILE` prints them');
    const path = map?.has('path') === true ? this.text(map, 'path', isInside, 'name a file below the root of the repository') : undefined;
    return { name, version, url, sha256, path, crds: this.file.items(map, 'crds').map((item) => this.definition(item)), images: this.file.items(map, 'images').flatMap((item) => this.scalar(item) ?? []) };
  }

  private definition(item: Node): ProvidedDefinition {
    const map = this.mapOf(item, 'has a definition that is no mapping');
    const isThere = (text: string): boolean => text !== '';
    return { name: this.text(map, 'name', isThere, 'write it as certificates.cert-manager.io'), kind: this.text(map, 'kind', isThere, 'write the kind'), versions: this.file.items(map, 'versions').flatMap((version) => this.scalar(version) ?? []) };
  }

  private text(map: YAMLMap | undefined, key: string, isRight: (text: string) => boolean, fix: string): string {
    if (map === undefined) return '';
    const node = map.get(key, true) as Node | undefined;
    const value = isScalar(node) ? node.value : undefined;
    if (typeof value === 'string' && isRight(value)) return value;
    this.file.wrong(node ?? map, node === undefined ? `has no ${key}` : `has ${key} ${isScalar(node) ? JSON.stringify(typeof value === 'string' ? visible(value) : value) : 'that is no text'}`, typeof value === 'number' ? 'put it into quotes' : fix);
    return '';
  }

  private scalar(item: Node): string | undefined {
    if (isScalar(item) && typeof item.value === 'string') return item.value;
    this.file.wrong(item, 'has an entry that is no text', 'put it into quotes');
    return undefined;
  }

  private mapOf(node: unknown, problem: string): YAMLMap | undefined {
    if (isMap(node)) return node as YAMLMap;
    this.file.wrong(node, problem, 'write it as "fluxwright upstream add" does');
    return undefined;
  }
}

function isInside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !/[\\\0\n]/.test(path) && path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && step !== '.git');
}
