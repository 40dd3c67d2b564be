import { UserError } from '../errors';
import { Authors } from '../history/authorship';
import { walkClusters } from '../model/clusters';
import { findImageAutomation, policyKey } from '../model/image-automation';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { findPins } from '../pins/find-pins';
import { reportPin, type ReportedPin } from '../pins/pins-report';
import { policyRule } from '../pins/policy-rule';
import { selectPins } from '../pins/select-pins';
import { checkTag, turnPins, type TurnedPin } from '../pins/turn-pins';
import type { Pin } from '../publish/pins/pin';
import { fromRoot } from '../publish/typed-paths';
import type { Git } from '../tree/git';
import { Blame } from '../why/blame';
import type { Terminal } from './command';
import type { FileChange } from './file-changes';
import { openRepository, type OpenedRepository } from './open-repository';

export interface PinsQuestion {
  /** A file, a policy, or `FILE#POLICY`; all pins if left out. */
  readonly target: string | undefined;
  /** Whether to ask Git who set each. */
  readonly history: boolean;
}

/** What there is to say about pins, and the files that could not be read. */
export function readPins(terminal: Terminal, { target, history }: PinsQuestion): { readonly pins: readonly ReportedPin[]; readonly unreadable: ReadonlyMap<string, string> } {
  const opened = openRepository(terminal);
  const found = findPins(opened.tree);
  const repository = new Repository(opened.tree);
  const { policies } = findImageAutomation(repository, walkClusters(repository, new Walker(repository)));
  const rules = new Map(policies.map((policy) => [policyKey(policy), policyRule(policy.object.data)]));
  const blame = opened.git === undefined || !history || !opened.git.isInstalled ? undefined : new Blame(opened.git, new Authors([repository]));
  const pins = target === undefined ? found.pins : selectPins(found, target, pathIn(terminal, opened));
  return {
    pins: pins.map((pin) => reportPin(pin, { ruleOf: (policy) => rules.get(policy), originOf: ({ file, line }) => blame?.ofLine(file, line) })),
    unreadable: found.unreadable,
  };
}

export interface PinsTurn {
  readonly target: string | undefined;
  readonly all: boolean;
  readonly to: 'hold' | 'release';
  readonly value?: string;
}

export interface TurnedPins {
  readonly root: string;
  readonly changes: readonly FileChange[];
  readonly pins: readonly TurnedPin[];
}

/**
 * What taking markers off, or putting them on again, makes of the files of the working copy.
 * @throws UserError `usage` without a target, `reference-invalid` for an unknown one, `pin-conflict` for files in conflict
 */
export function planPinsTurn(terminal: Terminal, { target, all, to, value }: PinsTurn): TurnedPins {
  if (target === undefined && !all) throw new UserError('usage', `pins ${to} needs to know which pins`, 'name a file, a policy or FILE#POLICY, or say --all');
  if (target !== undefined && all) throw new UserError('usage', `pins ${to} is given ${target} and --all`, 'say one of them');
  if (value !== undefined) checkTag(value);
  const opened = openRepository(terminal);
  const found = findPins(opened.tree);
  if (target === undefined && found.unreadable.size > 0) {
    const [path, why] = [...found.unreadable][0]!;
    throw new UserError('pin-conflict', `${path} cannot be changed: ${why}`, 'finish the merge first, or mend the file');
  }
  const pins = target === undefined ? found.pins.filter(({ hold }) => hold === undefined) : selectPins(found, target, pathIn(terminal, opened));
  if (value !== undefined) refuseDifferentImages(pins, value);
  refuseUnmerged(opened.git, pins);
  const turned = [...new Set(pins.map(({ file }) => file))].map((path) => {
    const before = opened.tree.get(path)!.bytes;
    const { text, pins: done } = turnPins(before.toString('utf8'), pins.filter(({ file }) => file === path), to, value);
    return { path, before, after: Buffer.from(text), done };
  });
  return { root: opened.root, changes: turned, pins: turned.flatMap(({ done }) => done) };
}

/** One tag for pins of several policies is a slip. */
function refuseDifferentImages(pins: readonly Pin[], value: string): void {
  const policies = [...new Set(pins.map(({ setter }) => setter!.policy))];
  if (policies.length > 1) throw new UserError('usage', `--value ${value} is meant for one policy, and there are pins of ${policies.join(', ')}`, 'name one of them: POLICY or FILE#POLICY');
}

/** What Git still holds open would be taken from both sides again. */
function refuseUnmerged(git: Git | undefined, pins: readonly Pin[]): void {
  const unmerged = git !== undefined && git.isInstalled ? git.unmerged() : new Map<string, unknown>();
  const open = pins.find(({ file }) => unmerged.has(file));
  if (open !== undefined) throw new UserError('pin-conflict', `${open.file} is not merged`, `finish the merge first: fluxwright synth, or mend the file, then git add ${open.file}`);
}

function pathIn({ directory }: Pick<Terminal, 'directory'>, { root, tree }: OpenedRepository): (typed: string) => string {
  return (typed) => {
    try {
      return fromRoot(typed, '', { root, from: directory }, (path) => tree.has(path));
    } catch (error) {
      if (UserError.is(error)) return typed; // it leads nowhere, which is said where it is looked for
      throw error;
    }
  };
}
