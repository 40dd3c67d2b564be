import { EncryptedFile } from 'fluxwright';
import type { EksEnvironment } from './environment';
import { nodePorts } from './services/ingress-nginx';
import { site } from './site';

/** Its Kustomizations in the order in which they become Ready: those of one wave wait only for those of the waves before. */
export function waves({ kustomizations }: EksEnvironment): readonly (readonly string[])[] {
  const found: string[][] = [];
  let waiting = [...kustomizations];
  while (waiting.length > 0) {
    const ready = new Set(found.flat());
    const next = waiting.filter(({ dependsOnReferences }) => dependsOnReferences.every(({ name }) => ready.has(name)));
    found.push(next.map(({ name }) => name));
    waiting = waiting.filter((kustomization) => !next.includes(kustomization));
  }
  return found;
}

/** The files of an environment that SOPS writes, from its directory. */
export function encryptedFiles(environment: EksEnvironment): readonly string[] {
  const files = environment.node.findAll().filter(EncryptedFile.isEncryptedFile);
  return files.map(({ path }) => path.slice(environment.directory.length + 1)).sort();
}

/** What brings a cluster under Flux, in order. What it needs from AWS stands in `dnsChecklist`. */
export function bootstrapCommands(environment: EksEnvironment): string {
  const { directory, fluxNamespace, node: { id: name }, props: { region, developers, key } } = environment;
  const { url, branch } = site.repository;
  const kubectl = `kubectl --context ${name}`;
  const flux = `${kubectl} -n ${fluxNamespace}`;
  return [
    '# 1. kubectl for you, and the group that RBAC knows for developers',
    `aws eks update-kubeconfig --region ${region} --name ${name} --alias ${name}`,
    `aws eks create-access-entry --region ${region} --cluster-name ${name} --principal-arn ${developers} --kubernetes-groups ${site.developerGroup}`,
    '',
    ...('awsKms' in key
      ? [`# 2. the role that decrypts: ${key.role} trusts the ServiceAccount ${fluxNamespace}/kustomize-controller`, `aws kms create-grant --region ${region} --key-id ${key.awsKms} --grantee-principal ${key.role} --operations Decrypt`]
      : ['# 2. the key that decrypts; its public half is the key in platform.ts', `age-keygen -o ${name}.agekey`, `${kubectl} create namespace ${fluxNamespace}`, `${flux} create secret generic sops-age --from-file=age.agekey=${name}.agekey`]),
    '',
    '# 3. the secrets: each opens in an editor, and is encrypted when that closes',
    `cd ${directory}`,
    ...encryptedFiles(environment).map((file) => `sops edit ${file}`),
    `cd ${directory.split('/').map(() => '..').join('/')}`,
    '',
    '# 4. Flux, which applies everything else',
    `flux check --pre --context ${name}`,
    `flux bootstrap git --context ${name} --url=${url} --branch=${branch} --path=${directory}`,
    'git pull && git revert --no-edit HEAD && git push # while bootstrap still waits: it has written a wider path into gotk-sync.yaml',
    '',
    '# 5. in the order in which Flux applies it',
    ...waves(environment).map((wave) => `${flux} wait --for=condition=Ready --timeout=15m ${wave.map((kustomization) => `kustomization/${kustomization}`).join(' ')}`),
    '',
    `# 6. the ports that the load balancer sends to: 80:${nodePorts.http}/TCP,443:${nodePorts.https}/TCP`,
    `${kubectl} -n kube-ingress get service ingress-nginx`,
    '',
  ].join('\n');
}

/** What has to be done in AWS, once, for an environment's hosts to be reached. */
export function dnsChecklist({ node: { id: name }, hosts, props: { domain, region, loadBalancer } }: EksEnvironment): string {
  const parent = domain.slice(domain.indexOf('.') + 1);
  return [
    `#### ${name}`,
    '',
    `- [ ] Route 53: a hosted zone \`${domain}\`, and in the zone \`${parent}\` an NS record \`${domain}\` with its name servers`,
    `- [ ] ACM in ${region}: a certificate for \`*.${domain}\`, proven by a CNAME record in the zone \`${domain}\``,
    `- [ ] load balancer \`${loadBalancer.name}\`: listener HTTPS 443 with that certificate, listener HTTP 80, both to a target group of the nodes at port ${nodePorts.http}, whose health check is \`/healthz\``,
    `- [ ] security groups: the load balancer takes 80 and 443 from where users are; the nodes take ${nodePorts.http} and ${nodePorts.https} from the load balancer`,
    ...Object.values(hosts).map((host) => `- [ ] Route 53: \`${host}\`, an A record, alias of \`dualstack.${loadBalancer.dnsName}\``),
    '',
  ].join('\n');
}
