import type { IConstruct } from 'constructs';
import { GitopsApp } from '../../app/gitops-app';
import { findInput } from '../../app/inputs';
import type { Environment } from '../../environments/environments-file';

/**
 * The environments that a file lists, for one `EphemeralEnvironment` each: `fluxwright ephemeral add`, `remove` and `prune` edit it.
 *
 * @param path from the app's root
 * @returns none where there is no such file
 * @throws UserError `settings-invalid` for a file that says what nobody reads
 * @example
 * for (const { branch, namespace, pin, removing } of readEnvironments(app)) {
 *   new EphemeralEnvironment(instances, branch, { namespace, pin, removing, source, application });
 * }
 */
export function readEnvironments(scope: IConstruct, path = 'environments.yaml'): readonly Environment[] {
  const bytes = findInput(GitopsApp.of(scope), path, 'readEnvironments');
  if (bytes === undefined) return [];
  const { parseEnvironments } = require('../../environments/environments-file') as typeof import('../../environments/environments-file'); // loaded late: it reads YAML, which others do without
  return parseEnvironments(bytes.toString('utf8'), path).environments;
}
