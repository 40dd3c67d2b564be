import { join } from 'node:path';
import { UserError } from '../errors';
import { nearestRule, rulesIn } from '../sops/nearest-rule';
import type { SopsRule } from '../sops/rule';
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
  const found = nearestRule(path, rulesIn(tree));
  if (found === undefined) throw new UserError('not-encrypted', `no .sops.yaml says for whom ${path} is to be encrypted`, 'make one: fluxwright secrets setup age');
  const { rule, file } = found;
  if (rule === undefined) throw new UserError('not-encrypted', `${file} has no rule for ${path}`, 'add one, or make one for all files: fluxwright secrets setup age');
  return { rule, file };
}

/** Encrypts bytes as the rule for a path says; they are on no disk meanwhile. */
export function encryptFor(terminal: Terminal, root: string, path: string, { file }: FoundRule, plaintext: Buffer): Buffer {
  return runSops(terminal, ['--config', join(root, file), 'encrypt', '--filename-override', join(root, path)], { folder: root, input: plaintext, what: `encrypt ${path}` });
}

/** @throws UserError `not-encrypted` without the key */
export function decrypt(terminal: Terminal, root: string, path: string): Buffer {
  return runSops(terminal, ['decrypt', join(root, path)], { folder: root, what: `decrypt ${path}` });
}
