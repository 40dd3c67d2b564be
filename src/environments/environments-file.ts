import { isMap, isScalar, type YAMLMap } from 'yaml';
import { visible } from '../visible';
import { SettingsText } from '../yaml/settings-text';
import { isBranchName } from './branch-name';
import { isNamespaceOfBranch } from './branch-namespace';
import { durationOf } from './time-to-live';

/** One environment, as the file has it. */
export interface Environment {
  readonly branch: string;
  /** Where it lives; once it is there, nothing but the file says so. */
  readonly namespace: string;
  /** Whether its database begins as a copy of a backup, or empty. */
  readonly database: 'backup' | 'empty';
  /** Where its image is pinned: in its own file, or by a marker in the branch. */
  readonly pin: 'instance' | 'branch';
  /** When it was added, in UTC: `2026-03-01T14:30:00Z`. */
  readonly created: string | undefined;
  /** How long it is meant to live: `14d`, `36h`. */
  readonly ttl: string | undefined;
  /** Whether its application and database are being torn down, and the rest is still there. */
  readonly removing: boolean;
}

/** Markers that the branch's own manifests have, and what they are to be in the branch of an environment with `pin: branch`. */
export interface BranchMarker {
  /** A file or a directory, from the root of the repository. */
  readonly path: string;
  readonly policy: string;
  /** May hold `${NAMESPACE}`. */
  readonly becomes: string;
}

export interface EnvironmentsFile {
  /** How many environments there may be at once. */
  readonly most: number;
  /** For those that name none of their own. */
  readonly ttl: string | undefined;
  readonly branchMarkers: readonly BranchMarker[];
  readonly environments: readonly Environment[];
}

const DEFAULT_MOST = 10;

/** @throws UserError `settings-invalid` with file and line, for everything that is wrong */
export function parseEnvironments(text: string, path: string): EnvironmentsFile {
  return new Reader(path, text).read();
}

class Reader {
  private readonly file: SettingsText;

  constructor(path: string, text: string) {
    this.file = new SettingsText(path, text);
  }

  read(): EnvironmentsFile {
    const root = this.file.contents;
    const top = root === null || (isScalar(root) && root.value === null) ? undefined : isMap(root) ? (root as YAMLMap) : this.file.wrong(root, 'is a list of settings, not settings', 'write "environments:" above the list');
    if (top !== undefined) this.file.known(top, ['most', 'ttl', 'branchMarkers', 'environments']);
    const file: EnvironmentsFile = {
      most: this.amount(top, 'most') ?? DEFAULT_MOST,
      ttl: this.duration(top, 'ttl'),
      branchMarkers: this.mappings(top, 'branchMarkers').map((item) => this.marker(item)),
      environments: this.mappings(top, 'environments').map((item) => this.environment(item)),
    };
    this.unique(top, file.environments);
    this.file.throwWrong();
    return file;
  }

  private environment(item: YAMLMap): Environment {
    this.file.known(item, ['branch', 'namespace', 'database', 'pin', 'created', 'ttl', 'removing']);
    const branch = this.text(item, 'branch') ?? '';
    const namespace = this.text(item, 'namespace') ?? '';
    if (!isBranchName(branch)) this.file.wrong(item.get('branch', true) ?? item, `has the branch ${JSON.stringify(visible(branch))}, which Git takes for none`, 'name a branch');
    if (!isNamespaceOfBranch(namespace)) this.file.wrong(item.get('namespace', true) ?? item, `has the namespace ${JSON.stringify(visible(namespace))}`, 'name one of lower-case letters, digits and "-" that is no number and not the cluster\'s; "fluxwright ephemeral add" makes one');
    const created = this.text(item, 'created');
    if (created !== undefined && Number.isNaN(Date.parse(created))) this.file.wrong(item.get('created', true), `was created at ${JSON.stringify(visible(created))}, which is no time`, 'write it like 2026-03-01T14:30:00Z');
    return {
      branch, namespace, created,
      database: this.oneOf(item, 'database', ['backup', 'empty']),
      pin: this.oneOf(item, 'pin', ['instance', 'branch']),
      ttl: this.duration(item, 'ttl'),
      removing: item.get('removing') === true,
    };
  }

  private marker(item: YAMLMap): BranchMarker {
    this.file.known(item, ['path', 'policy', 'becomes']);
    const [path, policy, becomes] = ['path', 'policy', 'becomes'].map((key) => this.text(item, key)) as [string | undefined, string | undefined, string | undefined];
    for (const [key, value] of [['policy', policy], ['becomes', becomes]] as const) {
      if (!/^[^:\s"]+:[^:\s"]+$/.test(value ?? '')) this.file.wrong(item, `has ${key} ${JSON.stringify(value ?? null)}`, 'write it as namespace:name');
    }
    if (path === undefined) this.file.wrong(item, 'has no path', 'name the directory that the branch deploys');
    return { path: (path ?? '').replace(/^\.\//, '').replace(/\/+$/, ''), policy: policy ?? '', becomes: becomes ?? '' };
  }

  private unique(top: YAMLMap | undefined, environments: readonly Environment[]): void {
    for (const key of ['branch', 'namespace'] as const) {
      const seen = new Map<string, Environment>();
      for (const [index, one] of environments.entries()) {
        const before = seen.get(one[key]);
        const node = (top?.get('environments') as { items?: unknown[] } | undefined)?.items?.[index];
        if (before !== undefined) this.file.wrong(node, `has the ${key} ${visible(one[key])}, as ${key === 'branch' ? 'another entry' : visible(before.branch)} has`, 'take one of them out, or change it');
        seen.set(one[key], one);
      }
    }
  }

  private mappings(map: YAMLMap | undefined, key: string): YAMLMap[] {
    return this.file.items(map, key).filter((item): item is YAMLMap => isMap(item) || this.file.wrong(item, `has an entry of "${key}" that is no mapping`, 'write "- branch: …"') !== undefined);
  }

  private text(map: YAMLMap, key: string): string | undefined {
    const value = map.get(key);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    this.file.wrong(map.get(key, true), `has "${key}" ${JSON.stringify(value) ?? ''}, which is no text`, 'put it into quotes');
    return undefined;
  }

  private duration(map: YAMLMap | undefined, key: string): string | undefined {
    const value = map === undefined ? undefined : this.text(map, key);
    if (value !== undefined && durationOf(value) === undefined) this.file.wrong(map!.get(key, true), `has "${key}" ${JSON.stringify(visible(value))}`, 'write a number of days or hours, such as 14d or 36h');
    return value;
  }

  private amount(map: YAMLMap | undefined, key: string): number | undefined {
    const value = map?.get(key);
    if (value === undefined || (Number.isInteger(value) && (value as number) > 0)) return value as number | undefined;
    this.file.wrong(map!.get(key, true), `has "${key}" ${JSON.stringify(value) ?? ''}`, 'write a whole number above 0');
    return undefined;
  }

  private oneOf<T extends string>(map: YAMLMap, key: string, values: readonly [T, ...T[]]): T {
    const value = this.text(map, key) as T | undefined;
    if (value === undefined || values.includes(value)) return value ?? values[0];
    this.file.wrong(map.get(key, true), `has "${key}" ${JSON.stringify(visible(value))}`, `write ${values.join(' or ')}`);
    return values[0];
  }
}
