import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ManifestFile, OpaqueFile, type File, type FileProps } from '../../src/tree/file';
import { generatedHeader } from '../../src/tree/header';
import { publish, type PublishOptions, type PublishReport } from '../../src/publish/publish';
import { Tree } from '../../src/tree/tree';
import { withComment } from '../../src/yaml/comment';

/** A real Git repository in a temporary directory, with a project published into it. */
export class Repository {
  static create(): Repository {
    const repository = new Repository(realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-'))));
    repository.git('init', '--quiet', '--template=', '--initial-branch=main');
    // written at once, since a Git process a setting takes longer than many a test
    appendFileSync(join(repository.root, '.git/config'), '[user]\n\tname = Test\n\temail = test@example.com\n[commit]\n\tgpgSign = false\n[core]\n\tautocrlf = false\n[gc]\n\tauto = 0\n');
    return repository;
  }

  constructor(readonly root: string) {}

  git(...parameters: string[]): string {
    return execFileSync('git', parameters, { cwd: this.root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GIT_EDITOR: 'true' } });
  }

  /** A git command that stops for a person. */
  conflicts(...parameters: string[]): void {
    let failed = false;
    try {
      this.git(...parameters);
    } catch {
      failed = true;
    }
    if (!failed) throw new Error(`git ${parameters.join(' ')} was expected to stop, and did not`);
  }

  commit(message = 'change'): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD').trim();
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), 'utf8');
  }

  write(path: string, text: string | Buffer): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** What Flux's image automation does: another value for a scalar. */
  replace(path: string, from: string, to: string): void {
    const text = this.read(path);
    if (!text.includes(from)) throw new Error(`${path} has no ${from}:\n${text}`);
    this.write(path, text.replace(from, to));
  }

  has(path: string): boolean {
    return existsSync(join(this.root, path));
  }

  publish(files: readonly File[], options: Partial<PublishOptions> = {}): PublishReport {
    return publish(new Tree(files), { root: this.root, project: 'shop', directory: 'k8s', ...options });
  }

  removeDirectory(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  status(): string {
    return this.git('status', '--porcelain');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A file as the layout makes it, with the first line that says whose it is. */
export function generated(path: string, objects: readonly unknown[], props: FileProps = {}, project = 'shop'): ManifestFile {
  return ManifestFile.fromObjects(path, objects, [generatedHeader(project, path)], props);
}

export function opaque(path: string, text: string, props: FileProps = {}): OpaqueFile {
  return new OpaqueFile(path, Buffer.from(text), props);
}

export function marked(value: string, setter = 'flux-system:server'): string {
  return withComment(value, `{"$imagepolicy": "${setter}"}`);
}

export function deployment(image: string, { name = 'server', replicas = 1, container = 'server' } = {}): Record<string, unknown> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, template: { spec: { containers: [{ name: container, image }] } } },
  };
}

export function kustomization(fields: Record<string, unknown>): Record<string, unknown> {
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...fields };
}

export function configMap(name: string, data: Record<string, string>): Record<string, unknown> {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}
