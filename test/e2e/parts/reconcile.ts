import { toolPath } from '../../tools';
import type { Part } from '../part';
import { flagship } from './reconcile/flagship';
import { otherPlatforms } from './reconcile/other-platforms';

export const reconcile: Part = {
  summary: 'the real kustomize-controller and helm-controller reconcile the platforms from nothing; stand-ins serve the sources and make Deployments, databases and certificates ready',
  programs: ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kustomize-controller', 'helm-controller', 'sops', 'age-keygen'],

  async run(run) {
    const shared = toolPath('shared');
    if (shared === undefined) return run.report.row('reconcile', 'the platforms reconcile from nothing', 'Flux').skip('upstream\'s releases and CRDs are not beside the project');
    await run.scope.within((scope) => flagship({ ...run, scope }, shared));
    await otherPlatforms(run, shared);
  },
};
