import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, createServer as createSocketServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { download } from '../../src/upstream/download';
import { proxyFor } from '../../src/upstream/proxy';
import { ReleaseServer } from './release-server';

const server = new ReleaseServer();
const usual = { maxBytes: 1_000_000, timeoutMilliseconds: 5_000, proxies: {} };
const text = async (path: string, limits: Partial<typeof usual> = {}): Promise<string> => Buffer.from(await download(`${server.address}${path}`, { ...usual, ...limits })).toString();

test('redirects are followed, relative ones as well', async () => {
  server.files['/a'] = (_, response) => void response.writeHead(302, { location: '/b' }).end();
  server.files['/b'] = (_, response) => void response.writeHead(308, { location: `${server.address}/c` }).end();
  server.files['/c'] = 'kind: A';

  expect(await text('/a')).toBe('kind: A');
});

test('a circle of redirects ends', async () => {
  server.files['/a'] = (_, response) => void response.writeHead(302, { location: '/b' }).end();
  server.files['/b'] = (_, response) => void response.writeHead(302, { location: '/a' }).end();

  await expect(text('/a')).rejects.toThrow('it was redirected more than 10 times');
  expect(server.requests).toHaveLength(11);
});

test.each([['file:///etc/passwd', 'it was redirected to file:///etc/passwd, which is neither http nor https'], ['http://[', 'it was redirected to what is no URL']])('a redirect to %s is not followed', async (location, message) => {
  server.files['/a'] = (_, response) => void response.writeHead(302, { location }).end();

  await expect(text('/a')).rejects.toThrow(message);
});

test('what is larger than it may be is refused by what the server says of it, before it comes', async () => {
  let sent = 0;
  server.files['/a'] = (_, response) => {
    response.writeHead(200, { 'content-length': 5_000_000 }).flushHeaders();
    response.on('close', () => (sent = response.socket?.bytesWritten ?? 0));
  };

  await expect(text('/a')).rejects.toThrow('it is larger than 1000000 bytes');
  expect(sent).toBeLessThan(1_000);
});

test('a bomb of gzip is not unpacked further than allowed', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  server.files['/a'] = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  expect(bomb.length).toBeLessThan(usual.maxBytes);

  await expect(text('/a')).rejects.toThrow('it is larger than 1000000 bytes');
});

test('the server is asked for the contents as they are, since the digest is of those', async () => {
  let accepted: string | undefined;
  server.files['/a'] = (request, response) => {
    accepted = request.headers['accept-encoding'];
    response.end('kind: A');
  };

  await text('/a');

  expect(accepted).toBe('identity');
});

test('a server that sends less than it says has not sent a release', async () => {
  server.files['/a'] = (_, response) => {
    response.writeHead(200, { 'content-length': 1_000 }).write('kind: A');
    setTimeout(() => response.destroy(), 20);
  };

  await expect(text('/a')).rejects.toThrow('terminated');
});

test('one that hangs is given up, before the headers and behind them', async () => {
  server.files['/silent'] = () => {};
  server.files['/stuck'] = (_, response) => void response.writeHead(200).write('kind: A');

  await expect(text('/silent', { timeoutMilliseconds: 60 })).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect(text('/stuck', { timeoutMilliseconds: 60 })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('one that nobody answers for is an error', async () => {
  const closed = await new Promise<number>((resolve) => {
    const socket = createSocketServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo;
      socket.close(() => resolve(port));
    });
  });

  await expect(download(`http://127.0.0.1:${closed}/a`, usual)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

describe('through a proxy', () => {
  let proxy: Server;
  let asked: string[];
  let address: string;
  const sockets = new Set<Socket>();

  beforeAll((done) => {
    proxy = createServer((request: IncomingMessage, response) => {
      asked.push(`${request.method!} ${request.url!} ${request.headers['proxy-authorization'] ?? ''}`.trim());
      response.end('kind: FromProxy');
    });
    proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
      asked.push(`CONNECT ${request.url!}`);
      const [host, port] = request.url!.split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      for (const one of [socket, upstream]) one.on('error', () => {});
      sockets.add(socket).add(upstream);
    });
    proxy.listen(0, '127.0.0.1', () => {
      address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      done();
    });
  });
  afterAll((done) => {
    for (const socket of sockets) socket.destroy();
    proxy.closeAllConnections();
    proxy.close(done);
  });
  beforeEach(() => (asked = []));

  test('http goes to it whole, with its password', async () => {
    server.files['/a'] = 'kind: A';
    const proxies = { HTTP_PROXY: address.replace('http://', 'http://me:secret@') };

    const got = Buffer.from(await download(`${server.address}/a`, { ...usual, proxies })).toString();

    expect([got, server.requests, asked]).toEqual(['kind: FromProxy', [], [`GET ${server.address}/a Basic ${Buffer.from('me:secret').toString('base64')}`]]);
  });

  test('https goes through it, in a tunnel', async () => {
    const { port } = new URL(server.address);

    // nobody speaks TLS at the other end: that it is asked for is what counts
    await expect(download(`https://127.0.0.1:${port}/a`, { ...usual, proxies: { https_proxy: address } })).rejects.toThrow();

    expect(asked).toEqual([`CONNECT 127.0.0.1:${port}`]);
  });

  test('not what NO_PROXY names', async () => {
    server.files['/a'] = 'kind: A';

    const got = Buffer.from(await download(`${server.address}/a`, { ...usual, proxies: { http_proxy: address, NO_PROXY: 'example.com,127.0.0.1' } })).toString();

    expect([got, asked]).toEqual(['kind: A', []]);
  });

  test('one of another protocol is named, without its password', async () => {
    await expect(download(`${server.address}/a`, { ...usual, proxies: { http_proxy: 'socks5://me:secret@127.0.0.1:1' } })).rejects.toThrow('the proxy socks5://127.0.0.1:1 is none of http or https');
  });
});

test.each([
  ['https://github.com/a', { https_proxy: 'http://proxy:3128' }, 'http://proxy:3128'],
  ['https://github.com/a', { HTTPS_PROXY: 'proxy:3128' }, 'http://proxy:3128'],
  ['https://github.com/a', { http_proxy: 'http://proxy:3128' }, undefined],
  ['https://github.com/a', { all_proxy: 'http://proxy:3128' }, 'http://proxy:3128'],
  ['https://github.com/a', { https_proxy: 'http://p', no_proxy: '*' }, undefined],
  ['https://github.com/a', { https_proxy: 'http://p', no_proxy: 'example.com, github.com' }, undefined],
  ['https://api.github.com/a', { https_proxy: 'http://p', no_proxy: '.github.com' }, undefined],
  ['https://notgithub.com/a', { https_proxy: 'http://p', no_proxy: 'github.com' }, 'http://p'],
  ['https://github.com/a', { https_proxy: 'http://p', no_proxy: 'github.com:8443' }, 'http://p'],
  ['https://github.com:8443/a', { https_proxy: 'http://p', no_proxy: 'github.com:8443' }, undefined],
  ['http://[::1]:80/a', { http_proxy: 'http://p', no_proxy: '::1' }, undefined],
  ['http://[::1]:81/a', { http_proxy: 'http://p', no_proxy: '[::1]:81' }, undefined],
  ['https://github.com/a', { https_proxy: '' , HTTPS_PROXY: '' }, undefined],
])('the proxy for %s with %j is %s', (url, environment, proxy) => {
  expect(proxyFor(new URL(url), environment)).toBe(proxy);
});
