import { createHash } from 'node:crypto';
import { UserError } from '../errors';
import { flowScalar } from '../yaml/scalar';
import { isBranchName } from './branch-name';

/** What a DNS label may have. */
const LABEL_LENGTH = 63;
/** 48 bits: among 100,000 branches, one in 50,000 times two share one. */
const HASH_LENGTH = 12;
const HASHED = /-[0-9a-f]{12}$/;

/**
 * The namespace of a branch's environment: the branch's own name where that can be, else what can be kept of it and a hash of
 * it, so that no two branches share one.
 *
 * `dev-test` is `dev-test`; `feature/X` is `feature-x-` and a hash; `123` is `b-123-` and a hash, since it has to stay a string
 * where `name: ${BRANCH_NAME}` is read again after substitution. Of a branch without a letter or digit of ASCII there is a `b`.
 *
 * @param room how many characters the names that are derived from it put behind it
 * @throws UserError `branch-unusable` for what is no branch
 */
export function namespaceForBranch(branch: string, room = 0): string {
  if (!isBranchName(branch)) {
    throw new UserError('branch-unusable', `${JSON.stringify(branch)} is no name that Git takes for a branch`, 'name an existing branch');
  }
  const slug = branch.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '') || 'b';
  const longest = LABEL_LENGTH - room;
  // a name that looks hashed is hashed, too: it could be what another branch was made into
  if (slug === branch && slug.length <= longest && !HASHED.test(slug) && staysString(slug) && !isReservedNamespace(slug)) return slug;
  const hash = createHash('sha256').update(branch).digest('hex').slice(0, HASH_LENGTH);
  const withHash = (head: string): string => `${head.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, '')}-${hash}`;
  const name = withHash(slug);
  return staysString(slug) && staysString(name) && !isReservedNamespace(name) ? name : withHash(`b-${slug}`);
}

/** Whether YAML reads it as a string without quotes, as it stands after substitution. */
export function staysString(text: string): boolean {
  return flowScalar(text) === text;
}

/** The namespaces that every cluster has, and those that Kubernetes keeps for itself. */
export function isReservedNamespace(name: string): boolean {
  return name === 'default' || name === 'flux-system' || name.startsWith('kube-');
}

/** How many characters the names of an environment's objects may put behind its namespace, where a file keeps the namespace. */
export const NAMESPACE_ROOM = 23;

/** Whether an environment can live in a namespace of that name. */
export function isNamespaceOfBranch(name: string): boolean {
  return /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= LABEL_LENGTH && staysString(name) && !isReservedNamespace(name);
}
