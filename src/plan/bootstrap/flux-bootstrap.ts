import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { resolveTarget } from '../../model/kustomization-file';
import { textAt } from '../../model/fields';
import type { RunbookStep } from '../plan';
import type { Components } from './components';
import { fluxPath, type Source } from './entry';
import { command, option, shellWord, variable } from './shell';

export interface FluxBootstrap {
  readonly cluster: Cluster;
  /** The folder that it writes `flux-system` into. */
  readonly directory: string;
  readonly sync: FluxKustomization | undefined;
  readonly source: Source | undefined;
  readonly components: Components;
  /** Whether Flux commits, as image automation does, so that its key has to allow it. */
  readonly writes: boolean;
}

/** The step that installs Flux and has it apply the tree. */
export function fluxBootstrap(bootstrap: FluxBootstrap): RunbookStep {
  const { source, writes, sync } = bootstrap;
  const url = source?.url;
  const host = url === undefined ? undefined : hostedAt(url);
  const needsKey = url === undefined || !/^https?:/.test(url);
  const git = command('flux bootstrap git', url === undefined ? `--url=${variable('repository url')}` : option('url', url), ...common(bootstrap), ...(needsKey ? [] : ['--token-auth', `--password=${variable('git token')}`]));
  const hosted = host === undefined ? undefined : command(`flux bootstrap ${host.provider}`, option('owner', host.owner), option('repository', host.repository), ...common(bootstrap), ...(needsKey ? (writes ? ['--read-write-key'] : []) : ['--token-auth']));
  const namespace = sync?.namespace ?? 'flux-system';
  const name = sync?.name ?? 'flux-system';
  return {
    title: 'Install Flux, and have it apply this tree',
    commands: ['flux check --pre', needsKey || hosted === undefined ? git : hosted, `kubectl -n ${shellWord(namespace)} wait kustomization/${shellWord(name)} --for=condition=Ready --timeout=5m`],
    notes: [
      ...(needsKey ? [`it prints a deploy key, which the repository has to take${writes ? ', with write access: image automation commits' : ''}`] : []),
      ...(needsKey && hosted !== undefined ? [`with a token of ${host!.provider === 'github' ? 'GitHub' : 'GitLab'} it can register the key itself: ${hosted}`] : []),
      ...(source === undefined ? ['the tree does not say where it lies: nothing has been bootstrapped from it yet'] : []),
      ...narrowed(bootstrap),
    ],
  };
}

function common({ cluster, directory, source, components: { version, usual, extra } }: FluxBootstrap): (string | undefined)[] {
  return [
    option('branch', source?.branch ?? (source === undefined ? 'main' : undefined)), option('path', fluxPath(cluster, directory)), option('version', version), option('components', usual?.join(',')), option('components-extra', extra.join(',')),
  ];
}

/** bootstrap writes its own path into gotk-sync.yaml, over one that was narrowed: Flux applies all below it until that is reverted. */
function narrowed({ cluster, directory, sync }: FluxBootstrap): string[] {
  const written = sync === undefined ? undefined : textAt(sync.data, 'spec.path');
  if (written === undefined || resolveTarget('', written) === resolveTarget('', fluxPath(cluster, directory))) return [];
  const path = fluxPath(cluster, directory);
  return [
    `it writes "path: ${path}" into ${sync!.object.source!.file}, where this tree has "${written}", and pushes that`,
    `Flux applies all YAML below ${path} until you take it back, while bootstrap still waits: git pull && git revert --no-edit HEAD && git push`,
  ];
}

interface Hosted {
  readonly provider: 'github' | 'gitlab';
  readonly owner: string;
  readonly repository: string;
}

function hostedAt(url: string): Hosted | undefined {
  const [, host, path] = /^(?:(?:ssh|https?):\/\/)?(?:[^@/]+@)?(github\.com|gitlab\.com)(?::\d+\/|[:/])(.+?)(?:\.git)?\/?$/.exec(url) ?? [];
  const slash = path?.lastIndexOf('/') ?? -1;
  if (host === undefined || path === undefined || slash < 0) return undefined;
  return { provider: host === 'github.com' ? 'github' : 'gitlab', owner: path.slice(0, slash), repository: path.slice(slash + 1) };
}
