import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Data } from '../../src/model/fields';
import { Repository } from '../../src/model/repository';
import { Walker } from '../../src/model/walk';
import { withSources } from '../../src/render/origins';
import type { LiftQuestion } from '../../src/stages/plan-lift';
import type { Tree } from '../../src/tree/tree';

interface Answer {
  readonly objects?: readonly Data[];
  readonly error?: string;
}

/** The kustomize that kustomize-controller has in it, in one process that builds many trees. */
export class FluxBuild {
  private readonly program: ChildProcessWithoutNullStreams;
  private readonly waiting: ((answer: Answer) => void)[] = [];

  constructor(path: string) {
    this.program = spawn(path, []);
    createInterface({ input: this.program.stdout }).on('line', (line) => this.waiting.shift()!(JSON.parse(line) as Answer));
  }

  readonly open: LiftQuestion['open'] = async (tree) => {
    const repository = new Repository(tree);
    const walker = new Walker(repository);
    return async (path) => {
      const { objects = [], error } = await this.ask(tree, path);
      const sources = withSources(objects.map((data) => ({ data, origin: {} })), { fetched: new Map() }, walker.walk(path).objects, repository);
      return { objects: sources, files: new Set(), ...(error === undefined ? {} : { failure: error }) };
    };
  };

  close(): void {
    this.program.stdin.end();
  }

  private async ask(tree: Tree, path: string): Promise<Answer> {
    const files = Object.fromEntries([...tree].map((file) => [file.path, file.bytes.toString('utf8')]));
    const kustomization = { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'app', namespace: 'flux-system' }, spec: { path: `./${path}`, prune: true } };
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.program.stdin.write(`${JSON.stringify({ files, path, kustomization, strict: false })}\n`);
    });
  }
}
