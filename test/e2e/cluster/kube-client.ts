import { Agent, request } from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly generation?: number;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
  readonly spec?: any;
  readonly status?: any;
  readonly [field: string]: unknown;
}

/** A refusal of the API server, in its own words. */
export class ApiRefusal extends Error {
  constructor(readonly status: number, readonly reason: string, message: string) {
    super(message);
  }
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly fieldManager?: string;
}

/** What the tests ask of an API server, and nothing else. */
export class KubeClient {
  private readonly agent: Agent;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();

  constructor(readonly server: string, private readonly token: string, ca: string) {
    this.agent = new Agent({ keepAlive: true, maxSockets: 16, ca });
  }

  /**
   * @param body JSON, as data, or text
   * @throws ApiRefusal
   */
  async call<T = any>(method: string, path: string, body?: unknown, type = 'application/json'): Promise<T> {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    let { status, text } = await this.send(method, path, sent, type);
    for (let tries = 0; isBusy(status, text) && tries < 120; tries++) {
      await setTimeout(250);
      ({ status, text } = await this.send(method, path, sent, type));
    }
    if (status < 300) return JSON.parse(text) as T;
    const { reason = '', message = text } = parsed(text);
    throw new ApiRefusal(status, reason, message);
  }

  /** Whether it answers at a path that answers no JSON. */
  async isOk(path: string): Promise<boolean> {
    return this.send('GET', path).then(({ status }) => status === 200, () => false);
  }

  /** Server-side apply, which takes the field manager's fields to be exactly these. */
  async apply(object: KubeObject, { dryRun = false, fieldManager = 'e2e' }: ApplyOptions = {}): Promise<KubeObject> {
    const query = `fieldManager=${fieldManager}&force=true&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return this.call('PATCH', `${await this.path(object)}?${query}`, object, 'application/apply-patch+yaml');
  }

  async get(apiVersion: string, kind: string, name: string, namespace?: string): Promise<KubeObject | undefined> {
    try {
      return await this.call('GET', await this.path({ apiVersion, kind, metadata: { name, namespace } }));
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, of all namespaces; none where the server does not know the kind. */
  async list(apiVersion: string, kind: string): Promise<KubeObject[]> {
    const resource = (await this.resourcesOf(apiVersion)).find((one) => one.kind === kind);
    if (resource === undefined) return [];
    const { items } = await this.call<{ items: KubeObject[] }>('GET', `${basePath(apiVersion)}/${resource.name}`);
    return items.map((item) => ({ ...item, apiVersion, kind }));
  }

  /**
   * Tells of each object of a kind that is there, then of each change, in the order in which they happen; ends when the
   * server ends it, as it does now and then.
   */
  async watch(apiVersion: string, kind: string, signal: AbortSignal, note: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject) => void): Promise<void> {
    const path = `${basePath(apiVersion)}/${(await this.resource(apiVersion, kind)).name}`;
    const { items, metadata } = await this.call<{ items: KubeObject[]; metadata: { resourceVersion: string } }>('GET', path);
    for (const item of items) note('ADDED', { ...item, apiVersion, kind });
    await new Promise<void>((resolve, reject) => {
      const headers = { authorization: `Bearer ${this.token}` };
      const sent = request(`${this.server}${path}?watch=true&resourceVersion=${metadata.resourceVersion}`, { agent: this.agent, headers, signal }, (response) => {
        const lines = createInterface({ input: response });
        lines.on('line', (line) => {
          const { type, object } = JSON.parse(line) as { type: string; object: KubeObject };
          if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') note(type, object);
        });
        lines.on('error', reject); // those of the response
        response.on('error', reject);
        response.on('close', resolve);
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  async delete({ apiVersion, kind, metadata }: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<void> {
    await this.call('DELETE', await this.path({ apiVersion, kind, metadata }));
  }

  async setStatus({ apiVersion, kind, metadata }: KubeObject, status: unknown): Promise<void> {
    await this.call('PATCH', `${await this.path({ apiVersion, kind, metadata })}/status`, { status }, 'application/merge-patch+json');
  }

  async isNamespaced(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.resource(apiVersion, kind)).namespaced;
  }

  /** Every kind that can be listed, in each of its versions. */
  async kinds(): Promise<{ apiVersion: string; kind: string }[]> {
    const { groups } = await this.call<{ groups: { versions: { groupVersion: string }[] }[] }>('GET', '/apis');
    const versions = ['v1', ...groups.flatMap((group) => group.versions.map(({ groupVersion }) => groupVersion))];
    const found = await Promise.all(versions.map(async (apiVersion) => (await this.resourcesOf(apiVersion)).filter(({ name, verbs }) => !name.includes('/') && verbs.includes('list')).map(({ kind }) => ({ apiVersion, kind }))));
    return found.flat();
  }

  private async path({ apiVersion, kind, metadata: { name, namespace } }: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): Promise<string> {
    const resource = await this.resource(apiVersion, kind);
    return `${basePath(apiVersion)}${resource.namespaced ? `/namespaces/${namespace ?? 'default'}` : ''}/${resource.name}/${encodeURIComponent(name)}`;
  }

  private async resource(apiVersion: string, kind: string): Promise<Resource> {
    const found = (await this.resourcesOf(apiVersion)).find((one) => one.kind === kind && !one.name.includes('/'));
    if (found !== undefined) return found;
    this.resources.delete(apiVersion); // there may be a CRD by the next time
    throw new ApiRefusal(404, 'NoMatch', `no matches for kind "${kind}" in version "${apiVersion}"`);
  }

  private resourcesOf(apiVersion: string): Promise<readonly Resource[]> {
    let known = this.resources.get(apiVersion);
    if (known === undefined) {
      known = this.call<{ resources: Resource[] }>('GET', basePath(apiVersion)).then(({ resources }) => resources, (error: unknown) => {
        this.resources.delete(apiVersion);
        if (error instanceof ApiRefusal && error.status === 404) return [];
        throw error;
      });
      this.resources.set(apiVersion, known);
    }
    return known;
  }

  private send(method: string, path: string, body?: string, type?: string): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${this.token}`, ...(body === undefined ? {} : { 'content-type': type!, 'content-length': String(Buffer.byteLength(body)) }) };
      const sent = request(`${this.server}${path}`, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString('utf8') }));
        response.on('error', reject);
      });
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // the server has closed a connection that was idle, at the very moment that it was used again
        if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(this.send(method, path, body, type));
        else reject(error);
      });
      sent.end(body);
    });
  }
}

/** What a slow machine makes the server say, and what it says of a kind whose definition has just come; another try may do. */
function isBusy(status: number, text: string): boolean {
  return status === 429 || status === 503 || status === 504 || (status === 500 && text.includes('etcdserver: '));
}

function basePath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function parsed(text: string): { reason?: string; message?: string } {
  try {
    return JSON.parse(text) as { reason?: string; message?: string };
  } catch {
    return {};
  }
}
