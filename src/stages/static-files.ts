/** Whether a path says of itself that what it holds stays in its stage: a file or folder whose name begins with `_`. */
export function isStatic(path: string): boolean {
  return path.split('/').some((step) => step.startsWith('_'));
}
