/** The variables that name proxies, as curl and others read them: https://everything.curl.dev/usingcurl/proxies/env.html */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/** The proxy for a URL, as the environment says; undefined for none. */
export function proxyFor(url: URL, environment: ProxyEnvironment): string | undefined {
  const read = (name: string): string | undefined => [environment[name], environment[name.toUpperCase()]].find((value) => value !== undefined && value !== '');
  const proxy = read(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy') ?? read('all_proxy');
  if (proxy === undefined || isExempt(url, read('no_proxy') ?? '')) return undefined;
  return /^[a-z0-9+.-]+:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
}

/** A host, a domain with all below it, with a port or without, or `*`. */
function isExempt({ hostname, port, protocol }: URL, list: string): boolean {
  const own = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return list.split(/[\s,]+/).filter((entry) => entry !== '').some((entry) => {
    if (entry === '*') return true;
    const isBareV6 = /^[^[]*:[^:]*:/.test(entry);
    const [, name = '', only] = isBareV6 ? [entry, entry] : /^(.*?)(?::(\d+))?$/.exec(entry)!;
    const domain = name.toLowerCase().replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
    return domain !== '' && (only === undefined || only === own) && (host === domain || host.endsWith(`.${domain}`));
  });
}
