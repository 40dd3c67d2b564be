import { runChecks } from '../checks/run-checks';
import { secretRules } from '../checks/secrets/rules';
import { readSopsFile } from '../sops/encrypted-file';
import { recipientsIn } from '../sops/recipients';
import { ExitCode, type Terminal } from './command';
import { encryptedPaths } from './encrypted-paths';
import { openClusters } from './open-clusters';
import { openRepository } from './open-repository';

/** Prints what is encrypted for whom, and what is wrong with it. No key is needed, and no sops. */
export async function listSecrets(terminal: Terminal, path: string | undefined): Promise<ExitCode> {
  const { tree, folder } = openRepository(terminal, path);
  const isHere = (file: string): boolean => folder === '' || file.startsWith(`${folder}/`);
  const byKeys = new Map<string, string[]>();
  for (const file of encryptedPaths(tree).filter(isHere)) {
    const keys = recipientsIn(readSopsFile(file, tree.get(file)!.bytes.toString('utf8')).metadata ?? {}).join(', ') || 'nobody';
    byKeys.set(keys, [...(byKeys.get(keys) ?? []), file]);
  }
  for (const [keys, files] of byKeys) terminal.print(`for ${keys}\n${files.map((file) => `  ${file}`).join('\n')}`);
  if (byKeys.size === 0) terminal.say('nothing is encrypted here');

  const { findings } = runChecks(await openClusters(terminal, tree, false), secretRules);
  const problems = findings.filter(({ file, severity }) => isHere(file) && severity !== 'notice');
  for (const { file, line, message, fix } of problems) terminal.print(`${file}${line === undefined ? '' : `:${line}`} ${message}\n  fix: ${fix}`);
  return problems.length === 0 ? ExitCode.ok : ExitCode.found;
}
