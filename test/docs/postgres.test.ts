import { restoreOf } from '../recovery/database-of';
import { blocksOf, treeOf } from './page';

const page = 'docs/postgres.md';

test('the steps that the guide shows are those of the command, for the database of the guide', async () => {
  const files = Object.fromEntries([...treeOf(page, { files: {} })].map((file) => [file.path, file.bytes.toString()]));

  const { steps, manifest } = await restoreOf(files, 'shop/pg', { inPlace: true });

  expect(blocksOf(page, 'text').map(({ text }) => text.trimEnd())).toContain(steps.map(({ title }, index) => `${index + 1}. ${title}`).join('\n'));
  expect(manifest).toMatchObject({ metadata: { name: 'pg', namespace: 'shop' }, spec: { backup: { barmanObjectStore: { serverName: 'pg-2' } } } });
});
