import { Directory, UserError, VerbatimFile, type GitopsApp } from 'fluxwright';
import { definitions } from './definitions';
import { ingress, nginx } from './ingress';
import { Microservice } from './microservice';
import { namespaceWithLimits } from './namespace';
import { override } from './overrides';
import { LocalSecrets } from './secret-store';
import type { KindStage } from './stages';

/**
 * A stage on Kind, without Flux: somebody applies it.
 * @throws UserError `reference-invalid` for a port of a service that the stage does not have
 */
export function kindStage(app: GitopsApp, name: string, stage: KindStage): void {
  const { limits, services: everywhere } = override(definitions(`http://localhost:${stage.port}`), stage.overrides, name);
  const services = { ...everywhere, ...stage.services };
  const unknown = Object.keys(stage.ports).filter((service) => !(service in services));
  if (unknown.length > 0) {
    throw new UserError('reference-invalid', `stage "${name}" has ports for ${unknown.join(', ')}, and no such services`, `name one of ${Object.keys(services).join(', ')}`);
  }
  const directory = new Directory(app, name, { path: `clusters/${name}` });

  new VerbatimFile(directory, 'kind-cluster.yaml', { content: kindCluster(stage) });
  namespaceWithLimits(directory, limits);
  const secretStore = new LocalSecrets(stage.secrets);
  for (const [service, definition] of Object.entries(services)) {
    new Microservice(directory, service, { definition, secretStore, nodePort: stage.ports[service]?.node });
  }
  ingress(directory, nginx, services);
}

/** What `kind create cluster` reads: a node that takes the ingress controller, and the ports of this machine that lead into it. */
function kindCluster({ port, ports }: KindStage): string {
  const mappings = [{ node: 80, machine: port }, ...Object.values(ports)];
  return `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    labels:
      ingress-ready: "true"
    extraPortMappings:
${mappings.map(({ node, machine }) => `      - containerPort: ${node}\n        hostPort: ${machine}\n        protocol: TCP\n`).join('')}`;
}
