import { findingsOf } from '../check-tree';

const key = `-----BEGIN OPENSSH ${'PRIVATE'} KEY-----\n${'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAA'}\n`;

test('a private key is found anywhere, whatever the file is called', async () => {
  const findings = await findingsOf('credential-in-text', { 'notes/deploy.txt': `how to deploy:\n\n${key}`, 'shop/config.yaml': `kind: ConfigMap\ndata:\n  token: ghp_${'aB3'.repeat(12)}\n` });

  expect(findings).toEqual([
    'notes/deploy.txt:3 error: this looks like a private key\n  fix: revoke it and make a new one; keep that in a file that SOPS encrypts, or outside the repository',
    'shop/config.yaml:3 error: this looks like a token of GitHub\n  fix: revoke it and make a new one; keep that in a file that SOPS encrypts, or outside the repository',
  ]);
});

test('the words alone, digests and binary files are no credentials', async () => {
  expect(await findingsOf('credential-in-text', {
    'README.md': 'paste it between -----BEGIN OPENSSH PRIVATE KEY----- and the end',
    'shop/web.yaml': `image: web@sha256:${'0a'.repeat(32)}\n`,
    'logo.bin': `\u0000${key}`,
  })).toEqual([]);
});
