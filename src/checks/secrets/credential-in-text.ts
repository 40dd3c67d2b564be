import type { Rule } from '../rule';
import { encryptedFilesOf, isText, textOf } from './encrypted-files';

export const credentialInText: Rule = {
  id: 'credential-in-text',
  severity: 'error',
  why: 'A private key or an access token in a file belongs to everybody who can read the repository, also after it was deleted: it stays in the history.',
  example: 'sshKey: "-----BEGIN OPENSSH PRIVATE KEY-----…"',
  fix: 'revoke it and make a new one; keep that in a file that SOPS encrypts, or outside the repository',
  link: 'https://fluxcd.io/flux/guides/mozilla-sops/',
  confidential: true,

  *find(context) {
    const encrypted = encryptedFilesOf(context);
    for (const file of context.repository.tree) {
      if (encrypted.has(file.path) || !isText(file)) continue;
      const text = textOf(file);
      for (const [name, pattern] of CREDENTIALS) {
        const match = pattern.exec(text);
        if (match === null || /example|dummy|placeholder|x{8}|0{12}/i.test(match[0])) continue;
        yield { at: { file: file.path, line: text.slice(0, match.index).split('\n').length }, message: `this looks like ${name}` };
      }
    }
  },
};

/** What has a form that nothing else has: a guess by entropy would cry wolf over every digest. */
const CREDENTIALS: readonly (readonly [name: string, pattern: RegExp])[] = [
  // with a body behind it: documentation and code name the first line alone
  ['a private key', /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED )?PRIVATE KEY-----(?:\\n|\s|[-|>])*[A-Za-z0-9+/]{40}/],
  ['a PGP private key', /-----BEGIN PGP PRIVATE KEY BLOCK-----(?:\\n|\s)/],
  ['the private key of age', /AGE-SECRET-KEY-1[A-Z0-9]{50,}/],
  ['a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/],
  ['a token of GitLab', /\bglpat-[A-Za-z0-9_-]{20,}\b/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['an API key of Google', /\bAIza[A-Za-z0-9_-]{35}\b/],
  ['a key of a Google service account', /"private_key_id"\s*:\s*"[a-f0-9]{40}"/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/],
  ['a webhook of Slack', /https:\/\/hooks\.slack\.com\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]{20,}/],
  ['a webhook of Discord', /https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/\d{15,}\/[A-Za-z0-9_-]{50,}/],
  ['a key of Stripe', /\b[rs]k_live_[A-Za-z0-9]{20,}\b/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a token of HashiCorp Vault', /\bhvs\.[A-Za-z0-9_-]{90,}\b/],
];
