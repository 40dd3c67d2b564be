/** Whether a text can be an app's id: it stands in the first line of every generated file. */
export function isProjectId(text: string): boolean {
  return /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}
