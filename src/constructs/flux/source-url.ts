import type { FieldChecks } from '../../app/field-checks';
import { isToken } from '../../yaml/comment';

/** The URLs of sources, and what to write instead of those that Flux refuses. */

export function checkGitUrl(checks: FieldChecks, url: string): FieldChecks {
  const short = /^(?:([^/@:]+)@)?([^/@:]+\.[^/@:]+):(?!\/\/)(.+)$/.exec(url);
  if (short !== null) {
    const [, user = 'git', host, path] = short;
    return checks.require(false, 'value-invalid', `has url ${JSON.stringify(url)}, git's short form, which Flux does not read`, `write "ssh://${user}@${host}/${path}"`);
  }
  // ssh://git@github.com:ORG/repository mixes the two forms: behind a colon a URL has a port
  const mixed = /^(\w+:\/\/[^/:]+):(?!\d+(?:\/|$))([^/@]+\/.*)$/.exec(url);
  if (mixed !== null) {
    return checks.require(false, 'value-invalid', `has url ${JSON.stringify(url)}, where a port is expected behind the host`, `write "${mixed[1]}/${mixed[2]}"`);
  }
  return checkScheme(checks, 'url', url, /^(ssh|https?):\/\/[^/]/, 'write "ssh://git@example.com/team/platform" or "https://example.com/team/platform"');
}

export function checkOciUrl(checks: FieldChecks, url: string): FieldChecks {
  checkScheme(checks, 'url', url, /^oci:\/\/[^/]+\/./, 'write "oci://", the registry and the repository, such as "oci://ghcr.io/team/manifests"');
  const [, tagged] = /\/[^/]*?([:@][^/]*)$/.exec(url.replace(/^oci:\/\//, '')) ?? [];
  if (tagged === undefined) return checks;
  const prop = tagged.startsWith('@') ? 'digest' : 'tag';
  return checks.require(false, 'value-invalid', `has url ${JSON.stringify(url)}, which ends with a ${prop}`, `write url: "${url.slice(0, -tagged.length)}", ${prop}: "${tagged.slice(1)}"`);
}

export function checkHelmUrl(checks: FieldChecks, url: string): FieldChecks {
  return checkScheme(checks, 'url', url, /^(https?|oci):\/\/[^/]/, 'write "https://charts.example.com", or "oci://ghcr.io/team/charts" for charts in a registry');
}

/** Where an object store answers: a host, with no scheme. */
export function checkEndpoint(checks: FieldChecks, endpoint: string): FieldChecks {
  const [, host] = /^\w+:\/\/(.*?)\/*$/.exec(endpoint) ?? [];
  if (host === undefined || isToken(endpoint)) return checks;
  return checks.require(false, 'value-invalid', `has endpoint ${JSON.stringify(endpoint)}, which is a URL`, `write its host: "${host}"`);
}

function checkScheme(checks: FieldChecks, field: string, url: string, expected: RegExp, fix: string): FieldChecks {
  return checks.require(isToken(url) || url.startsWith('${') || expected.test(url), 'value-invalid', `has ${field} ${JSON.stringify(url)}`, fix);
}
