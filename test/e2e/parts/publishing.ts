import type { Part } from '../part';
import { killed } from './publishing/crashes';
import { brokenDisks } from './publishing/disks';
import { obstacles } from './publishing/obstacles';
import { checkoutMeanwhile, twoAtOnce } from './publishing/races';
import { strings } from './publishing/strings';

export const publishing: Part = {
  summary: 'publishing is killed, meets a full disk, a read-only tree, obstacles, another synth, a checkout, and strings that YAML readers get wrong',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager'],

  async run(run) {
    await strings(run);
    await obstacles(run);
    await brokenDisks(run);
    await twoAtOnce(run);
    await checkoutMeanwhile(run);
    await killed(run);
  },
};
