import { Cluster, EncryptedFile, FluxKustomization, FluxSystem, GitopsApp, NamespaceDirectory, SecretGenerator, SopsRules, type SopsRecipients } from 'fluxwright';
import type { Tree } from '../../../../src/tree/tree';

/** What lies encrypted in the tree, a file of each format that SOPS has: its plain text, and a value in it to look for. */
export const PLAIN_FILES: Readonly<Record<string, { readonly text: string; readonly value: string }>> = {
  'k8s/web/database.enc.yaml': {
    value: 'correct horse',
    text: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: database # by hand\nstringData:\n  username: shop\n  password: correct horse\n  certificate: |\n    -----BEGIN-----\n    äöü 試\n  port: "5432"\n',
  },
  'k8s/web/relay.enc.env': { value: 'battery', text: '# of the relay\nUSER=shop\nPASSWORD=battery\n' },
  'k8s/web/users.enc.json': { value: 'staple', text: '{\n\t"shop": {\n\t\t"password": "staple",\n\t\t"roles": ["admin", 1, true, null]\n\t}\n}\n' },
  'k8s/web/client.enc.ini': { value: 'tomato', text: '[client]\nuser = shop\npassword = tomato\n' },
  'k8s/web/keystore.enc': { value: 'onion', text: 'onion\u0001\u0002\n\n' },
};

/** A tree with all of them, encrypted for those who are named. */
export function vaultTree(root: string, recipients: SopsRecipients): Tree {
  const app = new GitopsApp({ name: 'vault', root });
  new SopsRules(app, 'sops', { rules: [{ pathRegex: '\\.enc\\.(env|json|ini)$|/keystore\\.enc$', encryptedRegex: null, ...recipients }, { ...recipients }] });
  const cluster = new Cluster(app, 'production');
  new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@localhost/vault' });
  const web = new NamespaceDirectory(cluster, 'web');
  new FluxKustomization(web, 'web', { applies: web, decryption: { provider: 'sops' } });

  new EncryptedFile(web, 'database.enc');
  new SecretGenerator(web, 'relay', { envs: [new EncryptedFile(web, 'relay.enc.env')] });
  new SecretGenerator(web, 'files', {
    files: {
      'users.json': new EncryptedFile(web, 'users.enc.json', { isListed: false }),
      'client.ini': new EncryptedFile(web, 'client.enc.ini'),
      keystore: new EncryptedFile(web, 'keystore', { path: 'keystore.enc', isListed: false }),
    },
  });
  return app.toTree();
}
