import { UserError } from '../errors';
import { visible } from '../visible';
import { isNamespaceOfBranch, namespaceForBranch, NAMESPACE_ROOM } from './branch-namespace';
import type { Environment, EnvironmentsFile } from './environments-file';
import { durationOf, timeLeft } from './time-to-live';

export interface AddQuestion {
  readonly branch: string;
  readonly namespace?: string;
  /** @default 'backup' */
  readonly database?: Environment['database'];
  /** @default 'instance' */
  readonly pin?: Environment['pin'];
  readonly ttl?: string;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** What already has a namespace in the tree, if anything has. */
  usedBy(namespace: string): string | undefined;
}

/**
 * The environment that a branch gets; the one that it has, where that is the same.
 * @throws UserError `branch-unusable` for what is no branch, for a name that something else has, and beyond the limit; `usage`
 */
export function planAdd(file: EnvironmentsFile, { branch, namespace, database, pin, ttl, now, usedBy }: AddQuestion): { readonly environment: Environment; readonly isNew: boolean } {
  if (ttl !== undefined && durationOf(ttl) === undefined) throw new UserError('usage', `--ttl ${ttl} is no time to live`, 'write a number of hours, days or weeks, such as 36h, 14d or 2w');
  if (namespace !== undefined && !isNamespaceOfBranch(namespace)) throw new UserError('branch-unusable', `--namespace ${namespace} is none that an environment can have`, "use lower-case letters, digits and \"-\", not only digits, and no namespace of the cluster's own");
  const own = namespaceForBranch(branch, NAMESPACE_ROOM);
  const existing = file.environments.find((one) => one.branch === branch);
  if (existing !== undefined) return { environment: same(existing, { namespace, database, pin, ttl }), isNew: false };

  const name = namespace ?? own;
  const other = file.environments.find((one) => one.namespace === name);
  if (other !== undefined) throw new UserError('branch-unusable', `the environment of ${visible(branch)} would live in the namespace ${name}, as that of ${visible(other.branch)} does`, 'remove that one, or name another: --namespace NAME');
  const used = usedBy(name);
  if (used !== undefined) throw new UserError('branch-unusable', `the environment of ${visible(branch)} would live in the namespace ${name}, which ${used} has`, 'name another: --namespace NAME');
  if (file.environments.length >= file.most) throw new UserError('branch-unusable', `there are ${file.environments.length} environments, and ${file.most} may be at once`, `${removable(file, now)}, or raise "most" in the file`);
  return { environment: { branch, namespace: name, database: database ?? 'backup', pin: pin ?? 'instance', ttl, created: `${new Date(now).toISOString().slice(0, 19)}Z`, removing: false }, isNew: true };
}

/** What is there stays: a database is not made anew by a word. */
function same(existing: Environment, asked: Pick<AddQuestion, 'namespace' | 'database' | 'pin' | 'ttl'>): Environment {
  if (existing.removing) throw new UserError('branch-unusable', `the environment of ${visible(existing.branch)} is being removed`, `finish that first: fluxwright ephemeral remove ${visible(existing.branch)}`);
  for (const key of ['namespace', 'database', 'pin', 'ttl'] as const) {
    const wanted = asked[key];
    if (wanted !== undefined && wanted !== (existing[key] ?? wanted)) throw new UserError('branch-unusable', `${visible(existing.branch)} has an environment with ${key} ${existing[key]!}, not ${wanted}`, `change it in the file if that is meant, or remove the environment first`);
  }
  return existing;
}

function removable({ environments, ttl }: EnvironmentsFile, now: number): string {
  const over = environments.filter((one) => (timeLeft({ ...one, ttl: one.ttl ?? ttl }, now) ?? 1) <= 0);
  return over.length === 0 ? 'remove one: fluxwright ephemeral list' : `remove those whose time is over (${over.map(({ branch }) => visible(branch)).join(', ')}): fluxwright ephemeral prune --expired`;
}
