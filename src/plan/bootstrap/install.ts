import type { CheckContext } from '../../checks/check-context';
import { namedIn } from '../../checks/graph/cluster-facts';
import { textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import type { Repository } from '../../model/repository';
import type { RunbookStep } from '../plan';
import { componentsOf } from './components';
import { liesBelow, type Entry } from './entry';
import { fluxBootstrap } from './flux-bootstrap';
import { command, option, shellWord } from './shell';

const CHARTS = 'oci://ghcr.io/controlplaneio-fluxcd/charts';

/** How Flux itself gets into the cluster. */
export function installSteps(cluster: Cluster, entry: Entry, { repository }: CheckContext): RunbookStep[] {
  switch (entry.by) {
    case 'flux-bootstrap': {
      const directory = entry.sync === undefined ? `${entry.directory}/flux-system` : entry.sync.object.source!.file.slice(0, -'/gotk-sync.yaml'.length);
      const components = componentsOf(cluster, repository, `${directory}/gotk-components.yaml`);
      return [fluxBootstrap({ ...entry, cluster, components, writes: hasKind(cluster, 'image.toolkit.fluxcd.io', 'ImageUpdateAutomation') })];
    }
    case 'flux-operator': {
      const { file, namespace = 'flux-system', name } = entry.instance;
      return [operator(namespace), {
        title: 'Have the operator install Flux, which applies this tree',
        commands: [`kubectl apply -f ${shellWord(file)}`, `kubectl -n ${shellWord(namespace)} wait fluxinstance/${shellWord(name)} --for=condition=Ready --timeout=5m`],
        notes: [],
      }];
    }
    case 'flux-instance-chart': {
      const { kind, name, namespace = 'flux-system', data, file } = entry.release;
      return [operator(namespace), {
        title: 'Have the operator install Flux, which applies this tree',
        commands: [command('helm install', shellWord(textAt(data, 'spec.releaseName') ?? name), `${CHARTS}/flux-instance`, option('namespace', namespace), '--values values.yaml')],
        notes: [`values.yaml: the values of the ${kind} ${namespace}/${name} in ${file}, which takes the release over`],
      }];
    }
    case 'hand': return [byHand(cluster, repository)];
  }
}

function operator(namespace: string): RunbookStep {
  return { title: 'Install the Flux operator', commands: [command('helm install flux-operator', `${CHARTS}/flux-operator`, option('namespace', namespace), '--create-namespace --wait')], notes: [] };
}

/** Flux's manifests, where the tree holds them, else the ones that the command line brings. */
function byHand(cluster: Cluster, repository: Repository): RunbookStep {
  const manifests = repository.objects.filter(({ kind, name }) => kind === 'CustomResourceDefinition' && name === 'kustomizations.kustomize.toolkit.fluxcd.io').map(({ file }) => file);
  const own = manifests.find((file) => liesBelow(file, cluster.name)) ?? manifests[0];
  const { version, usual, extra } = componentsOf(cluster, repository, own);
  const install = command('flux install', option('version', version), option('components', usual?.join(',')), option('components-extra', extra.join(',')));
  return { title: 'Install Flux', commands: ['flux check --pre', own === undefined ? install : `kubectl apply --server-side -f ${shellWord(own)}`, 'flux check'], notes: [] };
}

function hasKind(cluster: Cluster, group: string, kind: string): boolean {
  return cluster.kustomizations.some((one) => namedIn(one).some(({ identity }) => identity.group === group && identity.kind === kind));
}
