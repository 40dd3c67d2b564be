import { UserError, type ErrorCode } from 'fluxwright';
import type { EksEnvironment } from './environment';
import type { EksEnvironmentProps } from './environment-props';
import { hostsOf } from './hosts';

/** Namespaces, Kustomizations and directories that every environment has, beside the namespace that is named like it. */
const RESERVED = ['default', 'docker-hub', 'flux-system', 'flux-system-credentials', 'hydra', 'jaeger', 'logging', 'monitoring', 'observability', 'test'];

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** @throws UserError with everything that is wrong with the name, or the hosts, of an environment beside those that there are */
export function checkEnvironment(others: readonly EksEnvironment[], name: string, { domain, hosts }: Pick<EksEnvironmentProps, 'domain' | 'hosts'>): void {
  const errors: UserError[] = [];
  const check = (holds: boolean, code: ErrorCode, problem: string, fix: string): void => {
    if (!holds) errors.push(new UserError(code, `EksEnvironment ${JSON.stringify(name)} ${problem}`, fix));
  };
  check(LABEL.test(name), 'name-invalid', 'has a name that no namespace can have', 'use at most 63 lower-case letters, digits and "-", starting and ending with a letter or digit');
  check(!RESERVED.includes(name) && !name.startsWith('kube-'), 'name-invalid', 'is named like a namespace, a Kustomization or a directory that every environment has', 'choose a name of its own, such as "dev"');
  check(!others.some(({ node }) => node.id === name), 'name-invalid', 'is there already', 'give each environment a name of its own');
  check(isHost(domain), 'value-invalid', `has the domain ${JSON.stringify(domain)}, which is no host name`, 'write lower-case labels with dots between them, such as "dev.example.io"');
  const sameDomain = others.find(({ props }) => props.domain === domain);
  check(sameDomain === undefined, 'value-invalid', `has the domain ${JSON.stringify(domain)}, which is that of ${sameDomain?.node.id}`, 'give each environment a domain of its own');
  for (const [index, [what, host]] of isHost(domain) ? Object.entries(hostsOf(domain, hosts)).entries() : []) {
    const field = `has hosts.${what} ${JSON.stringify(host)}`;
    const fix = `put one label before the domain, such as "${what}.${domain}"`;
    check(isHost(host), 'value-invalid', `${field}, which is no host name`, fix);
    check(!isHost(host) || host.slice(host.indexOf('.') + 1) === domain, 'value-invalid', `${field}, which the certificate for *.${domain} does not cover`, fix);
    check(Object.values(hostsOf(domain, hosts)).indexOf(host) === index, 'value-invalid', `${field}, which another of its hosts is, too`, 'give each host a name of its own');
  }
  if (errors.length > 0) throw UserError.all(errors);
}

function isHost(text: string): boolean {
  const labels = text.split('.');
  return text.length <= 253 && labels.length > 1 && labels.every((label) => LABEL.test(label));
}
