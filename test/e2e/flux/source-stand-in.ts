import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { KubeClient, KubeObject } from '../cluster/kube-client';
import { temporaryFolder, writeFiles } from '../harness/folder';
import type { Scope } from '../harness/scope';

interface Artifact {
  readonly revision: string;
  readonly bytes: Buffer;
}

const SOURCE = 'source.toolkit.fluxcd.io/v1';

/**
 * A stand-in for source-controller, which cannot be built from Go modules alone. It serves the branches of local
 * repositories for GitRepositories, by the URLs that they stand for, and makes a chart for each HelmChart and OCIRepository
 * that shows the values it gets. It knows no credentials, tags, verification, `ignore` or `include`.
 */
export class SourceStandIn {
  private readonly served = new Map<string, Buffer>();
  private isStopped = false;

  private constructor(private readonly client: KubeClient, private readonly repositories: ReadonlyMap<string, string>, private readonly folder: string, private readonly server: Server) {}

  /** @param repositories bare repositories, by the URL that they stand for */
  static async start(scope: Scope, client: KubeClient, repositories: ReadonlyMap<string, string>): Promise<void> {
    const server = createServer((request, response) => {
      const bytes = standIn.served.get(request.url!);
      response.writeHead(bytes === undefined ? 404 : 200, { 'content-type': 'application/gzip' });
      response.end(bytes);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const standIn = new SourceStandIn(client, repositories, temporaryFolder(scope), server);
    const loop = standIn.loop();
    scope.defer(async () => {
      standIn.isStopped = true;
      server.close();
      server.closeAllConnections();
      await loop;
    });
  }

  private async loop(): Promise<void> {
    while (!this.isStopped) {
      try {
        for (const object of await this.client.list(SOURCE, 'GitRepository')) await this.serve(object, () => this.branch(object));
        for (const object of await this.client.list(SOURCE, 'HelmChart')) await this.serve(object, () => this.chart(object.spec.chart as string, object.spec.version as string, object));
        for (const object of await this.client.list(SOURCE, 'OCIRepository')) await this.serve(object, () => this.chart((object.spec.url as string).split('/').at(-1)!, object.spec.ref?.semver ?? object.spec.ref?.tag, object));
        for (const object of await this.client.list(SOURCE, 'HelmRepository')) await this.serve(object, () => undefined);
      } catch (error) {
        if (!this.isStopped) process.stderr.write(`source stand-in: ${String(error)}\n`);
      }
      await setTimeout(300);
    }
  }

  private async serve(object: KubeObject, make: () => Artifact | undefined): Promise<void> {
    if (object.spec.suspend === true || object.metadata.deletionTimestamp !== undefined) return;
    let status: Record<string, unknown>;
    try {
      const artifact = make();
      const isCurrent = object.status?.observedGeneration === object.metadata.generation && isReady(object) && object.status?.artifact?.revision === artifact?.revision;
      if (isCurrent) return;
      status = { ...(artifact === undefined ? {} : { artifact: this.publish(object, artifact) }), conditions: [ready(object, 'True', 'Succeeded', 'served by the stand-in')] };
    } catch (error) {
      if (object.status?.observedGeneration === object.metadata.generation) return;
      status = { conditions: [ready(object, 'False', 'NotServed', (error as Error).message.slice(0, 200))] };
    }
    await this.client.setStatus(object, { ...status, observedGeneration: object.metadata.generation }).catch((error: unknown) => {
      if (!/not found/.test(String(error))) throw error;
    });
  }

  private branch({ spec }: KubeObject): Artifact {
    const { repository, branch, commit } = this.repositoryOf(spec);
    return { revision: `${branch}@sha1:${commit}`, bytes: gzipSync(execFileSync('git', ['-C', repository, 'archive', '--format=tar', commit], { maxBuffer: 2 ** 28 })) };
  }

  private repositoryOf(spec: any): { repository: string; branch: string; commit: string } {
    const repository = this.repositories.get(spec.url as string);
    if (repository === undefined) throw new Error(`no local repository stands for ${spec.url}`);
    const branch = spec.ref?.branch ?? 'master';
    return { repository, branch, commit: execFileSync('git', ['-C', repository, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`], { encoding: 'utf8' }).trim() };
  }

  /** A chart of our own in the place of the one that is meant: a ConfigMap with the values. */
  private chart(path: string, range: string | undefined, object: KubeObject): Artifact {
    const name = path.split('/').at(-1)!.replace(/:.*/, '');
    const version = lowestIn(range ?? '1.0.0');
    const folder = join(this.folder, object.metadata.namespace!, object.metadata.name);
    mkdirSync(folder, { recursive: true });
    writeFiles(folder, {
      [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: ${version}\n`,
      [`${name}/templates/values.yaml`]: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-values\ndata:\n  values: {{ toJson .Values | quote }}\n',
    });
    return { revision: version, bytes: gzipSync(execFileSync('tar', ['-C', folder, '-cf', '-', name], { maxBuffer: 2 ** 26 })) };
  }

  private publish({ kind, metadata }: KubeObject, { revision, bytes }: Artifact): Record<string, unknown> {
    const path = `/${kind}/${metadata.namespace}/${metadata.name}/${encodeURIComponent(revision)}.tar.gz`;
    this.served.set(path, bytes);
    const { port } = this.server.address() as AddressInfo;
    return { path: path.slice(1), url: `http://127.0.0.1:${port}${path}`, revision, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, size: bytes.length, lastUpdateTime: now() };
  }
}

function isReady({ status }: KubeObject): boolean {
  return status?.conditions?.some(({ type, status: value }: { type: string; status: string }) => type === 'Ready' && value === 'True') === true;
}

function ready({ metadata }: KubeObject, status: 'True' | 'False', reason: string, message: string): Record<string, unknown> {
  return { type: 'Ready', status, reason, message, observedGeneration: metadata.generation, lastTransitionTime: now() };
}

function now(): string {
  return new Date().toISOString().replace(/\.\d+/, '');
}

/** `>=1.2.x` → `1.2.0` */
function lowestIn(range: string): string {
  const [major = '1', minor, patch] = (/\d[\dx*.]*/.exec(range)?.[0] ?? '1').split('.');
  const number = (part: string | undefined): string => (part === undefined || !/^\d+$/.test(part) ? '0' : part);
  return `${number(major)}.${number(minor)}.${number(patch)}`;
}
