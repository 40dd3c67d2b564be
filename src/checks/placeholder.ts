/** Whether a name is filled in later: by Flux's substitution, or by somebody who copies the file. */
export function isPlaceholder(text: string): boolean {
  return /\$\{|\{\{|<[A-Z_]+>/.test(text);
}
