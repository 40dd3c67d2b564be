import { blocksOf, programOf, treeOf, type Inputs } from './page';
import { inputsOf } from './inputs';

/** What is added to a page's program, or changed in it, to get a message that the page shows. */
const mistakes: readonly (readonly [page: string, title: string, edit: (source: string) => string])[] = [
  ['docs/flux.md', 'a field that the release does not know', (source) => `${source}\nnew FluxKustomization(flux, 'early', { applies: flux, ignore: [{ paths: ['/spec'] }] });`],
  ['docs/flux.md', 'a variable without a value', (source) => source.replace("substitute: { HOST: 'shop.example.com' },", '')],
  ['docs/postgres.md', 'a schedule of five fields', (source) => `${source}\nnew ScheduledBackup(shop, 'weekly', { cluster: pg, schedule: '0 3 * * 0' });`],
  ['docs/secrets.md', 'a file that is not encrypted', (source) => source.replace("'database.enc'", "'database.enc'/* in plain text */")],
  ['docs/secrets.md', 'a Kustomization that does not decrypt', (source) => source.replace("decryption: { secretRef: 'sops-age' },", '').replace(/const relay = [^]*?SecretGenerator.*/, '')],
  ['docs/secrets.md', 'a Secret in plain text', (source) => `${source}\nnew k8s.KubeSecret(web, 'token', { metadata: { name: 'token' }, stringData: { token: 'hunter2' } });`],
];

test.each(mistakes)('%s shows the message for %s', (page, _, edit) => {
  expect(edit(programOf(page))).not.toBe(programOf(page));

  const message = messageOf(() => treeOf(page, mistakenInputs(page, edit)));

  expect(blocksOf(page, 'text').map(({ text }) => text.trimEnd())).toContain(message);
});

test('every message that a guide shows is in the table', () => {
  const shown = ['docs/flux.md', 'docs/postgres.md', 'docs/secrets.md', 'docs/environments.md', 'docs/helm.md', 'docs/upstream.md', 'docs/directories.md']
    .flatMap((page) => blocksOf(page, 'text').filter(({ text }) => text.includes('  fix: ')).map(() => page));

  expect(shown.sort()).toEqual(mistakes.map(([page]) => page).sort());
});

const plaintext = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\nstringData:\n  username: shop\n';

function mistakenInputs(page: string, edit: (source: string) => string): Inputs {
  const { files, edit: inputEdit = (source) => source } = inputsOf(page);
  const isPlain = edit(programOf(page)).includes('/* in plain text */');
  return { files: isPlain ? { ...files, 'k8s/web/database.enc.yaml': plaintext } : files, edit: (source) => edit(inputEdit(source)) };
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}
