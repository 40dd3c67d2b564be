import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { folderWith } from '../folders';

type Answer = string | Buffer | ((request: IncomingMessage, response: ServerResponse) => void);

/** A server on the loopback device that publishes what a test writes, and a cache of the test's own. */
export class ReleaseServer {
  /** What there is, by path. */
  files: Record<string, Answer> = {};
  requests: string[] = [];
  private readonly server: Server;
  private readonly cache = process.env['XDG_CACHE_HOME'];
  address = '';

  constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(request.url!);
      const answer = this.files[request.url!];
      if (typeof answer === 'function') answer(request, response);
      else if (answer === undefined) response.writeHead(404).end();
      else response.end(answer);
    });
    beforeAll((done) => void this.server.listen(0, '127.0.0.1', () => {
      this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
      done();
    }));
    afterAll((done) => {
      this.server.closeAllConnections();
      this.server.close(done);
    });
    beforeEach(() => {
      this.files = {};
      this.requests = [];
      process.env['XDG_CACHE_HOME'] = folderWith();
    });
    afterEach(() => {
      if (this.cache === undefined) delete process.env['XDG_CACHE_HOME'];
      else process.env['XDG_CACHE_HOME'] = this.cache;
    });
  }
}
