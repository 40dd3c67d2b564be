import { UserError } from '../errors';
import { nearestTo } from '../nearest';
import { baseName, directoryOf } from '../tree/path';
import { isInside } from './stage-pair';

/** The services that a question is about: all, or those that somebody names. */
export class Services {
  private readonly known = new Set<string>();
  private readonly found = new Set<string>();

  /** @param wanted none for all */
  constructor(private readonly wanted: readonly string[]) {}

  get areNamed(): boolean {
    return this.wanted.length > 0;
  }

  /** Whether something that goes by any of these names is asked for. */
  include(names: readonly string[]): boolean {
    for (const name of names) this.known.add(name);
    const asked = this.wanted.filter((name) => names.includes(name));
    for (const name of asked) this.found.add(name);
    return this.wanted.length === 0 || asked.length > 0;
  }

  /** @throws UserError `reference-invalid` for names of which nothing was seen, all at once */
  checkNames(where: string): void {
    const unknown = this.wanted.filter((name) => !this.found.has(name));
    if (unknown.length > 0) throw UserError.all(unknown.map((name) => this.unknown(name, where)));
  }

  private unknown(name: string, where: string): UserError {
    const near = nearestTo(name, this.known);
    const some = [...this.known].sort().slice(0, 10);
    return new UserError('reference-invalid', `${where} has no service ${JSON.stringify(name)}`, near !== undefined ? `write ${near}` : some.length === 0 ? 'leave the name out' : `there is ${some.join(', ')}`);
  }
}

/**
 * The service that a file belongs to: the first folder below the stage's, else the file's own name; outside of the stage, the
 * folder that it lies in. Folders that say nothing about services are passed over.
 */
export function serviceOf(file: string, stage: string): string | undefined {
  if (isInside(stage, file)) {
    const [first = '', ...rest] = file.slice(stage === '' ? 0 : stage.length + 1).split('/');
    return rest.length > 0 ? first : stem(first) === 'kustomization' ? undefined : stem(first).replace(/^_/, '');
  }
  for (let folder = directoryOf(file); folder !== ''; folder = directoryOf(folder)) if (!NO_SERVICE.has(baseName(folder))) return /^(apps|k8s|kubernetes|infrastructure|infra|deploy|clusters)$/.test(baseName(folder)) ? undefined : baseName(folder);
  return undefined;
}

const NO_SERVICE: ReadonlySet<string> = new Set(['base', 'bases', 'overlays', 'components', 'manifests', 'resources', 'deployments', 'config']);

function stem(name: string): string {
  return name.replace(/(\.enc|\.sops)?\.(ya?ml|json)$/, '');
}
