/**
 * Whether Git takes a text as the name of a branch.
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function isBranchName(text: string): boolean {
  return (
    text !== '' &&
    text !== '@' &&
    text !== 'HEAD' &&
    !text.startsWith('-') &&
    !text.endsWith('.') &&
    !/\.\.|@\{|[\u0000-\u0020\u007f~^:?*[\\]/.test(text) &&
    text.split('/').every((step) => step !== '' && !step.startsWith('.') && !step.endsWith('.lock'))
  );
}
