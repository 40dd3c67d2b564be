import { UserError } from '../errors';

/**
 * A path inside a tree: relative, with `/`, without `.`, `..` or empty steps, so that it can only lie below the root.
 * @throws UserError `path-leaves-root`, `path-invalid`
 */
export function treePath(path: string, claimedBy?: string): string {
  const by = claimedBy === undefined ? '' : `${claimedBy}: `;
  const steps = path.split('/');
  if (path.startsWith('/') || steps.includes('..') || /^[A-Za-z]:[\\/]/.test(path)) {
    throw new UserError('path-leaves-root', `${by}${JSON.stringify(path)} leads out of the tree's root`, 'name a path below the root, without ".."');
  }
  if (path === '' || steps.some((step) => step === '' || step === '.' || step === '.git') || UNSAFE.test(path)) {
    throw new UserError('path-invalid', `${by}${JSON.stringify(path)} is not a path that every machine can hold`, 'use steps of letters, digits, ".", "-" and "_", joined by "/"');
  }
  return path;
}

/** Control characters, and what Windows or a shell would take for something else. */
const UNSAFE = /[\u0000-\u001f\u007f\\:*?"<>|\uFFFD]|[. ](\/|$)/;

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `target` as seen from the directory `from`: `../base`, `deployment.yaml`. Both are tree paths; '' is the root. */
export function relativePath(from: string, target: string): string {
  const base = from === '' ? [] : from.split('/');
  const steps = target === '' ? [] : target.split('/');
  let same = 0;
  while (same < base.length && same < steps.length && base[same] === steps[same]) same++;
  const up = Array<string>(base.length - same).fill('..');
  return [...up, ...steps.slice(same)].join('/') || '.';
}
