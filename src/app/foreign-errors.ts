import { UserError } from '../errors';
import { userPlaces } from './user-place';

/**
 * Mistakes of a user that constructs and cdk8s throw as errors of their own, in our words and with the line of the user's
 * code. Anything else is undefined: it is a bug, and its stack is wanted.
 */
export function asUserError(error: unknown): UserError | undefined {
  if (UserError.is(error)) return error;
  if (!(error instanceof Error)) return undefined;
  const taken = /^There is already a Construct with name '(.+)' in \w+(?: \[(.+)\])?$/.exec(error.message);
  if (taken !== null) {
    const [, id, scope] = taken;
    return new UserError('path-taken', `${whereabouts(error)}"${scope === undefined ? '' : `${scope}/`}${id}" is made twice`, 'give one of them another id; its name and file can be set by props');
  }
  if (error.message.startsWith('cannot find a parent chart')) {
    return new UserError('wrong-scope', `${whereabouts(error)}an object is made in no Directory`, 'give it a Directory, or something in one, as scope');
  }
  const unserializable = /^Failed serializing construct at path '(.+)' with name '.*': (?:Error: )?(.+)$/.exec(error.message);
  if (unserializable !== null) return new UserError('value-not-yaml', `${unserializable[1]!}: ${unserializable[2]!}`, 'give strings, numbers, booleans, lists and maps');
  return undefined;
}

/** `platforms/shop/main.ts:12: `, the first line of the stack that is neither a package's nor ours. */
function whereabouts(error: Error): string {
  const [place] = userPlaces(error.stack ?? '');
  return place === undefined ? '' : `${place.file}:${place.line}: `;
}
