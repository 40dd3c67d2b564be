import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors';
import { mappingAt } from '../model/fields';
import { fromRoot } from '../publish/typed-paths';
import { ManifestFile } from '../tree/file';
import { directoryOf } from '../tree/path';
import { writeDocuments } from '../yaml/write';
import { ExitCode, type Terminal } from './command';
import { encryptedChange } from './encrypt-secret';
import { writeChanges } from './file-changes';
import { openRepository } from './open-repository';
import { decrypt } from './sops-rule';

export interface MergeCall {
  readonly stub: string;
  readonly values?: string;
  readonly output?: string;
}

/** Makes one encrypted Secret of a Secret without values, and of encrypted files that hold one value each. */
export function mergeSecrets(terminal: Terminal, { stub, values, output }: MergeCall): ExitCode {
  const { tree, root } = openRepository(terminal);
  const isThere = (path: string): boolean => existsSync(join(root, path));
  const typed = (path: string, option: string): string => fromRoot(path, option, { root, from: terminal.directory }, isThere);
  const path = typed(stub, 'STUB');
  const folder = directoryOf(path);
  const inFolder = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  const valuesFolder = values === undefined ? inFolder('.sops') : typed(values, '--values');
  const target = output === undefined ? inFolder('secret.enc.yaml') : typed(output, '--output');

  const object = secretIn(root, path);
  const found = readValues(terminal, root, valuesFolder);
  const both = [...found.keys()].filter((name) => name in mappingAt(object, 'data'));
  if (both.length > 0) throw new UserError('value-invalid', `${path} has data of its own for ${both.join(', ')}`, `take it out there, or delete ${valuesFolder}/${both[0]!}.enc`);
  const texts = [...found].filter(([, bytes]) => isUtf8(bytes)).map(([name, bytes]) => [name, bytes.toString('utf8')]);
  const binary = [...found].filter(([, bytes]) => !isUtf8(bytes)).map(([name, bytes]) => [name, bytes.toString('base64')]);
  const secret = {
    ...object,
    ...(binary.length === 0 ? {} : { data: { ...mappingAt(object, 'data'), ...Object.fromEntries(binary) as object } }),
    stringData: { ...mappingAt(object, 'stringData'), ...Object.fromEntries(texts) as object },
  };
  const changes = encryptedChange(terminal, { root, tree, target, plaintext: Buffer.from(writeDocuments([secret]).text) });
  writeChanges(root, changes);
  for (const change of changes) terminal.print(`${change.before === undefined ? 'created' : 'changed'} ${change.path}`);
  terminal.say(changes.length === 0 ? `${target} holds these values already` : `${found.size} ${found.size === 1 ? 'value' : 'values'} in ${target}: list it under resources, and commit it`);
  return ExitCode.ok;
}

/** @throws UserError `reference-invalid`, `file-malformed` */
function secretIn(root: string, path: string): Record<string, unknown> {
  if (!existsSync(join(root, path)) || !statSync(join(root, path)).isFile()) throw new UserError('reference-invalid', `there is no file ${path}`, 'name a file with a Secret that has no values yet');
  const documents = ManifestFile.fromText(path, readFileSync(join(root, path), 'utf8')).documents.filter(({ object }) => object !== null);
  const [only] = documents;
  const object = only?.object as Record<string, unknown> | undefined;
  if (documents.length !== 1 || object?.['kind'] !== 'Secret') throw new UserError('file-malformed', `${path} does not hold one Secret`, 'name a file with a Secret that has no values yet');
  return object;
}

/** By the keys of the Secret: the names of the files, without their ending. */
function readValues(terminal: Terminal, root: string, folder: string): ReadonlyMap<string, Buffer> {
  if (!existsSync(join(root, folder)) || !statSync(join(root, folder)).isDirectory()) throw new UserError('reference-invalid', `there is no folder ${folder}`, 'name the one with the encrypted values: --values');
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.enc')).sort();
  if (files.length === 0) throw new UserError('reference-invalid', `${folder} holds no file NAME.enc`, 'put one value into each, and encrypt it: fluxwright secrets encrypt');
  return new Map(files.map((name) => [name.slice(0, -'.enc'.length), decrypt(terminal, root, `${folder}/${name}`)]));
}
