/**
 * The names of the CustomResourceDefinitions in a release, such as `clusters.postgresql.cnpg.io`. Only the lines that say so are
 * read: releases are megabytes of block YAML, and parsing them would cost each synth more than all the rest.
 */
export function customResourceDefinitionsIn(text: string): string[] {
  return text.split(/^---.*$/m).flatMap((document) => {
    if (!/^kind: *["']?CustomResourceDefinition["']?\s*$/m.test(document)) return [];
    const metadata = /^metadata:[ \t]*\r?\n((?:[ \t]+.*(?:\r?\n|$)|\r?\n)+)/m.exec(document)?.[1] ?? '';
    const indentation = /^ */.exec(metadata)![0];
    const name = new RegExp(`^${indentation}name: *["']?([\\w.-]+)`, 'm').exec(metadata)?.[1];
    return name === undefined ? [] : [name];
  });
}
