import { textAt } from '../model/fields';
import { shellWord } from '../publish/shell-word';
import { code, section, shell, table } from './markdown';
import { running, type Platform } from './platform';

/** What to type first, at three in the morning. */
export function emergencies({ context }: Platform): string[] {
  const objects = running(context);
  const has = (group: string, kind?: string): boolean => objects.some(({ object }) => object.group === group && (kind === undefined || object.kind === kind));
  const any = context.clusters.flatMap(({ kustomizations }) => kustomizations).filter(({ path }) => path !== undefined && context.repository.isDirectory(path)).at(-1) ?? context.clusters[0]?.kustomizations[0];
  if (any === undefined) return [];
  const [name, flag] = [shellWord(any.name), `-n ${shellWord(any.namespace)}`];
  const told = objects.filter(({ object }) => object.group === 'notification.toolkit.fluxcd.io' && object.kind === 'Alert').map(({ object, namespace }) => {
    const provider = objects.find((one) => one.object.kind === 'Provider' && one.object.group === object.group && one.namespace === namespace && one.object.name === textAt(object.data, 'spec.providerRef.name'))?.object;
    return [code(`${namespace}/${object.name}`), code(textAt(provider?.data, 'spec.type') ?? '?'), code(textAt(provider?.data, 'spec.channel') ?? textAt(provider?.data, 'spec.address') ?? '?')];
  });
  return section('At three in the morning',
    ...table(['alert', 'tells', 'where'], told),
    'What is wrong:',
    shell(
      'flux check',
      'flux get all --all-namespaces --status-selector ready=false',
      'flux logs --all-namespaces --level=error --since=1h',
      `flux events --for ${shellWord(`Kustomization/${any.name}`)} ${flag}`,
      `flux tree kustomization ${name} ${flag}`,
      "kubectl get pods --all-namespaces --field-selector='status.phase!=Running,status.phase!=Succeeded'",
      ...(has('postgresql.cnpg.io', 'Cluster') ? ['kubectl get clusters.postgresql.cnpg.io,backups.postgresql.cnpg.io --all-namespaces'] : []),
      ...(has('cert-manager.io') ? ['kubectl get certificates,certificaterequests,challenges --all-namespaces'] : []),
      ...(has('image.toolkit.fluxcd.io') ? ['flux get images all --all-namespaces'] : []),
    ),
    'Who changed it: what arrived since yesterday, and where a line comes from.',
    shell('fluxwright history --since yesterday', 'fluxwright why FILE:LINE'),
    'Back to what was: revert the commit, and have Flux take it at once.',
    shell('git revert COMMIT && git push', `flux reconcile kustomization ${name} ${flag} --with-source`),
    'Hands off, while somebody repairs by hand: Flux does nothing until it is resumed.',
    shell(`flux suspend kustomization ${name} ${flag}`, `flux resume kustomization ${name} ${flag}`),
    ...(has('helm.toolkit.fluxcd.io') ? ['A HelmRelease that has given up ("retries exhausted") tries again:', shell('flux reconcile helmrelease NAME -n NAMESPACE --reset --force')] : []),
  );
}
