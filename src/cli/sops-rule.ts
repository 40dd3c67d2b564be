import { join } from 'node:path';
import { UserError } from '../errors';
import { readSopsRules } from '../sops/read-rules';
import { ruleFor, type SopsRule } from '../sops/rule';
import { directoryOf } from '../tree/path';
import type { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { runSops } from './sops-program';

/** The rule of SOPS for a path. */
export interface FoundRule {
  readonly rule: SopsRule;
  /** The `.sops.yaml` that it stands in, from the root. */
  readonly file: string;
}

/** @throws UserError `not-encrypted` where no `.sops.yaml` says for whom */
export function sopsRuleOf(tree: Tree, path: string): FoundRule {
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const file = directory === '' ? '.sops.yaml' : `${directory}/.sops.yaml`;
    const found = tree.get(file);
    if (found !== undefined) {
      const rule = ruleFor(readSopsRules(found.bytes.toString('utf8')), directory === '' ? path : path.slice(directory.length + 1));
      if (rule !== undefined) return { rule, file };
      throw new UserError('not-encrypted', `${file} has no rule for ${path}`, 'add one, or make one for all files: fluxwright secrets setup age');
    }
    if (directory === '') throw new UserError('not-encrypted', `no .sops.yaml says for whom ${path} is to be encrypted`, 'make one: fluxwright secrets setup age');
  }
}

/** Encrypts bytes as the rule for a path says; they are on no disk meanwhile. */
export function encryptFor(terminal: Terminal, root: string, path: string, { file }: FoundRule, plaintext: Buffer): Buffer {
  return runSops(terminal, ['--config', join(root, file), 'encrypt', '--filename-override', join(root, path)], { folder: root, input: plaintext, what: `encrypt ${path}` });
}

/** @throws UserError `not-encrypted` without the key */
export function decrypt(terminal: Terminal, root: string, path: string): Buffer {
  return runSops(terminal, ['decrypt', join(root, path)], { folder: root, what: `decrypt ${path}` });
}
