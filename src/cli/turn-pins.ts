import { shortValue } from '../publish/pins/pin-words';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges } from './file-changes';
import { planPinsTurn, type PinsTurn } from './read-pins';

/** Takes markers off or puts them on again, or shows what that would change. */
export function turnPinsOf(terminal: Terminal, turn: PinsTurn, isDryRun: boolean): ExitCode {
  const { root, changes, pins } = planPinsTurn(terminal, turn);
  const real = changesOf(changes);
  if (isDryRun) {
    if (real.length > 0) terminal.print(diffOf(real));
  } else {
    writeChanges(root, real);
  }
  for (const { pin, value, isChanged } of pins) {
    const now = turn.to === 'hold' ? `on hold at ${shortValue(pin, value)}` : `follows its policy, from ${shortValue(pin, value)} on`;
    terminal.say(`${pin.file}:${pin.line} ${pin.setter!.policy}: ${isChanged ? now : `${now}, as before`}`);
  }
  if (real.length > 0) terminal.say(isDryRun ? 'nothing is written: --dry-run' : 'commit and push it: Flux reads what is in the repository');
  return ExitCode.ok;
}
