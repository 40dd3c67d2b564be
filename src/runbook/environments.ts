import { code, section, shell } from './markdown';
import type { Platform } from './platform';

/** How an environment for a branch comes and goes; which there are, `list` says. */
export function environments({ environments: file }: Platform): string[] {
  if (file === undefined) return [];
  return section('Ephemeral environments', `An environment for each branch that is listed in ${code(file)}.`, shell(
    'fluxwright ephemeral list',
    'fluxwright ephemeral add BRANCH     # then fluxwright synth, commit, push',
    'fluxwright ephemeral remove BRANCH  # says in which order, so that nothing is left behind',
    'fluxwright ephemeral prune          # those whose branch is gone',
  ));
}
