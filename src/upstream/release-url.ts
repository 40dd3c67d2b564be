/** The name of the lock file. */
export const LOCK_NAME = 'upstream.lock.yaml';

/** What a version may look like: no step up a path, no query, nothing that a URL reads otherwise. */
export function isVersion(text: string): boolean {
  return /^[A-Za-z0-9][\w.+-]{0,99}$/.test(text);
}

/**
 * A URL with the version taken out, so that the next one can be put in: `{version}` stands for all of it, `{number}` for
 * what follows a `v`.
 */
export function urlTemplate(url: string, version: string): string {
  const template = replaceVersion(url, version, '{version}');
  return /^v\d/.test(version) ? replaceVersion(template, version.slice(1), '{number}') : template;
}

export function urlAt(template: string, version: string): string {
  return template.replaceAll('{version}', version).replaceAll('{number}', version.replace(/^v(?=\d)/, ''));
}

function replaceVersion(text: string, version: string, by: string): string {
  const escaped = version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\d.])${escaped}(?!\\d|\\.\\d)`, 'g'), by);
}

/** What a release is called, as far as its URL tells: by its repository, or by its file. */
export function nameIn(url: string): string | undefined {
  const repository = /^https?:\/\/(?:github\.com|gitlab\.com|raw\.githubusercontent\.com)\/[^/]+\/([^/]+)\//.exec(url)?.[1];
  const file = /([^/]+?)(?:\.ya?ml|\.json)?(?:\?[^#]*)?$/.exec(url)?.[1]?.replace(/[-_.]?v?\d+(\.\d+)+.*$/, '');
  return [repository, file].map((name) => name?.toLowerCase()).find((name) => name !== undefined && isReleaseName(name));
}

export function isReleaseName(text: string): boolean {
  return /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/.test(text);
}

/** The version that a URL names: that of its release page, or else the only thing in it that looks like one. */
export function versionIn(url: string): string | undefined {
  const page = /\/releases\/download\/(?:[^/]*?[-_/])?(v?\d[\w.+-]*)\//.exec(url)?.[1];
  if (page !== undefined && isVersion(page)) return page;
  const found = [...new Set(url.match(/(?<![\w.])v?\d+\.\d+(\.\d+)?([-+][A-Za-z][\w.]*?)?(?=$|[/?_-]|\.[A-Za-z])/g) ?? [])];
  return found.length === 1 ? found[0] : undefined;
}

/** A version written as others of the release are: people leave the `v` out, or put one in. */
export function versionLike(known: string, asked: string): string {
  if (/^v\d/.test(known) && /^\d/.test(asked)) return `v${asked}`;
  return /^\d/.test(known) && /^v\d/.test(asked) ? asked.slice(1) : asked;
}
