import { GitopsApp } from 'fluxwright';
import { jore4 } from './platform';

/** The committed tree as it is: the original has nothing that is better written otherwise. */
export function writeParityTree({ target }: { target: string }): void {
  const app = new GitopsApp({ name: 'jore4', directory: '', root: target });
  jore4(app);
  app.synth();
}
