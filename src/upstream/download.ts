import { Agent, fetch, ProxyAgent, type Dispatcher, type Response } from 'undici';
import { proxyFor, type ProxyEnvironment } from './proxy';

export interface DownloadLimits {
  readonly maxBytes: number;
  readonly timeoutMilliseconds: number;
  readonly proxies: ProxyEnvironment;
}

/** Release pages lead through two or three. */
const MOST_REDIRECTS = 10;

/** What is behind a URL, in memory and within limits. What goes wrong is an `Error` that says it in a few words. */
export async function download(from: string, limits: DownloadLimits): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(limits.timeoutMilliseconds);
  let url = new URL(from);
  for (let redirects = 0; ; redirects += 1) {
    const dispatcher = dispatcherFor(url, limits.proxies);
    try {
      // as it is: what is packed for the way would have to be unpacked with a limit, and is not what the digest is of
      const response = await fetch(url, { signal, redirect: 'manual', headers: { 'accept-encoding': 'identity' }, dispatcher });
      const next = redirectOf(response, url);
      if (next === undefined) return await readBody(response, limits.maxBytes);
      if (redirects === MOST_REDIRECTS) throw new Error(`it was redirected more than ${MOST_REDIRECTS} times`);
      url = next;
    } finally {
      void dispatcher.destroy();
    }
  }
}

function dispatcherFor(url: URL, proxies: ProxyEnvironment): Dispatcher {
  const proxy = proxyFor(url, proxies);
  if (proxy === undefined) return new Agent();
  if (!/^https?:/i.test(proxy) || !URL.canParse(proxy)) throw new Error(`the proxy ${withoutPassword(proxy)} is none of http or https`);
  return new ProxyAgent({ uri: proxy, proxyTunnel: url.protocol === 'https:' });
}

function withoutPassword(proxy: string): string {
  return proxy.replace(/\/\/[^@/]*@/, '//');
}

function redirectOf(response: Response, url: URL): URL | undefined {
  const location = response.headers.get('location');
  if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return undefined;
  if (!URL.canParse(location, url.href)) throw new Error('it was redirected to what is no URL');
  const next = new URL(location, url);
  if (url.protocol === 'https:' && next.protocol === 'http:') throw new Error(`it was redirected to ${next.href}, which is not encrypted`);
  if (next.protocol !== 'https:' && next.protocol !== 'http:') throw new Error(`it was redirected to ${next.href}, which is neither http nor https`);
  return next;
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array> {
  if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > maxBytes) throw new Error(tooLarge(maxBytes));
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > maxBytes) throw new Error(tooLarge(maxBytes));
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
}

export function tooLarge(maxBytes: number): string {
  return `it is larger than ${maxBytes} bytes`;
}
