import { Cluster, Directory, FluxKustomization, GitRepository, YamlFile, type GitopsApp } from 'fluxwright';
import { definitions } from './definitions';
import { applicationGateway, ingress } from './ingress';
import { Microservice } from './microservice';
import { namespaceWithLimits } from './namespace';
import { override } from './overrides';
import { KeyVault } from './secret-store';
import type { AksStage } from './stages';

const tenantId = '572a41dd-c389-4f0a-b256-aefd1bf149d7';

/** All that tells one stage on AKS from another, beside its overrides. */
export function siteOf(name: string, { host }: Pick<AksStage, 'host'>) {
  return {
    directory: `clusters/${name}`,
    branch: name,
    host,
    keyVault: `hsl-jore4-${name}-vault`,
    certificate: `hsl-jore4-${name}-cert`,
  };
}

/** A stage that Flux keeps as the branch of its name says. */
export function aksStage(app: GitopsApp, name: string, stage: AksStage): void {
  const site = siteOf(name, stage);
  const { limits, services } = override(definitions(`https://${site.host}`), stage.overrides, name);
  const directory = new Directory(new Cluster(app, name, { directory: site.directory }), 'stage', { path: '.' });

  fluxSync(directory, site.branch);
  namespaceWithLimits(directory, limits);
  const secretStore = new KeyVault(site.keyVault, tenantId);
  for (const [service, definition] of Object.entries(services)) new Microservice(directory, service, { definition, secretStore });
  ingress(directory, applicationGateway(site.certificate), services, site.host);
}

/** What Flux follows and applies; it lies in the directory that it applies, so that Flux keeps it, too. */
function fluxSync(directory: Directory, branch: string): void {
  const sync = new YamlFile(directory, 'flux-sync');
  const source = new GitRepository(sync, 'flux-repo', { url: 'https://github.com/HSLdevcom/jore4-flux', branch, interval: '1m' });
  new FluxKustomization(sync, 'flux-system-sync', { applies: directory, source, interval: '1m' });
}
