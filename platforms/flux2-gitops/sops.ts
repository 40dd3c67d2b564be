import { SopsRules, type GitopsApp } from 'fluxwright';

/** Made once for the placeholders that the encrypted files hold. Nobody has its private half. */
const age = ['age1jw6y6z7cdcz3s7s2n5lp7h6uqwap9gpxwruty4ejjdxfksmzzgwq2jqq6p'];

/** What stages keep to themselves, beside the data of Secrets: hosts, contacts, accounts, values of environment variables. */
const privateKeys = [
  'data', 'stringData', 'value', 'host', 'hosts', 'hostname', 'commonName', 'dnsNames', 'email', 'address', 'channel', 'summary',
  'azureDNS', 'azure\\.workload\\.identity/client-id',
];

/** Who can decrypt what. Values files, `.env` files and keys are encrypted whole, objects and patches in what is private of them. */
export function sops(app: GitopsApp): void {
  new SopsRules(app, 'sops', {
    rules: [
      { pathRegex: '/values\\.enc\\.yaml$|\\.enc\\.(env|key)$', encryptedRegex: null, age },
      { pathRegex: '\\.enc\\.yaml$', encryptedRegex: `^(${privateKeys.join('|')})$`, age },
    ],
  });
}
