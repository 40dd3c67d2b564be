import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands in for GitHub's API: the comments and labels of one pull request. */
export class GithubStandIn {
  readonly comments: { id: number; body: string }[] = [{ id: 1, body: 'looks good' }];
  readonly labels = new Set<string>();
  /** What was asked, less what only reads. */
  readonly writes: string[] = [];
  /** Answers writes as it does those of a fork's token. */
  isReadOnly = false;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(status === 204 ? undefined : JSON.stringify(body));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
    const { method = '', url = '' } = request;
    const path = url.replace(/\?.*/, '').replace('/repos/shop/fleet/issues/', '');
    if (request.headers.authorization !== 'Bearer secret') return { status: 401, body: { message: 'Bad credentials' } };
    if (method !== 'GET') {
      if (this.isReadOnly) return { status: 403, body: { message: 'Resource not accessible by integration' } };
      this.writes.push(`${method} ${path}`);
    }
    const body = JSON.parse((await text(request)) || '{}') as { body?: string; labels?: string[] };
    if (method === 'GET' && path === '7/comments') return { status: 200, body: this.comments };
    if (method === 'GET' && path === '7/labels') return { status: 200, body: [...this.labels].map((name) => ({ name })) };
    if (method === 'POST' && path === '7/comments') {
      this.comments.push({ id: this.comments.length + 1, body: body.body! });
      return { status: 201, body: {} };
    }
    if (method === 'PATCH') {
      this.comments.find(({ id }) => path === `comments/${id}`)!.body = body.body!;
      return { status: 200, body: {} };
    }
    if (method === 'POST' && path === '7/labels') {
      for (const label of body.labels!) this.labels.add(label);
      return { status: 200, body: [] };
    }
    if (method === 'DELETE') {
      this.labels.delete(decodeURIComponent(path.replace('7/labels/', '')));
      return { status: 200, body: [] };
    }
    return { status: 404, body: { message: 'Not Found' } };
  }
}

async function text(request: IncomingMessage): Promise<string> {
  let found = '';
  for await (const chunk of request) found += String(chunk);
  return found;
}
