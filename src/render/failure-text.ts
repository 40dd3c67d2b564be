/**
 * What kustomize said, on one line: it wraps the reason into every step of the way there, and quotes configurations of its own.
 * @param folder where the files of the tree were for it
 */
export function failureText(stderr: string, folder: string): string {
  const text = stderr.replaceAll(`${folder}/`, '').replaceAll(folder, '.').replace(/^Error: /, '').replace(/ with config: `[\s\S]*?`/g, '').replace(/\s+/g, ' ').trim();
  const missing = [...text.matchAll(/open ([^ ]+): no such file or directory/g)].at(-1);
  if (missing !== undefined) return `${missing[1]!} does not exist`;
  const directory = [...text.matchAll(/(?:must build at directory: )?(?:not a valid directory: )?evalsymlink failure on '([^']+)' : lstat [^ ]+: no such file or directory/g)].at(-1);
  if (directory !== undefined) return `${directory[1]!} does not exist`;
  return text
    .replace(/^(?:accumulating (?:resources|components): )+/, '')
    .replace(/(?:recursed )?accumulat(?:ion|ing) (?:err='|of path '[^']*': )(?:accumulating resources from '[^']*': read [^ ]+: is a directory': )?/g, '')
    .replace(/(?:accumulating (?:resources|components): |recursed merging from path '[^']*': )+/g, '')
    .replace(/(?:trouble configuring builtin \w+(?:Transformer|Generator): )/, '')
    .slice(0, 1000);
}
