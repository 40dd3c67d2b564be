import { execFileSync } from 'node:child_process';
import { synthInto } from './synth';
import { blocksOf } from './page';
import { Repository } from '../publish/repository';

const page = 'docs/publishing.md';
const SETTINGS = 'k8s/web/settings.yaml';
const messages = blocksOf(page, 'text').map(({ text }) => text.trimEnd());

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const synth = (options = {}) => synthInto(repository, page, undefined, options);

test('writes as many files as the page says, and lists the one that is copied', () => {
  const { created } = synth();

  expect(messages[0]).toBe(`shop: ${created.length} files, all as they should be`);
  expect(synth().differs).toBe(false);
  expect(execFileSync('sha256sum', ['--check', 'k8s/.fluxwright.shop.sha256'], { cwd: repository.root, encoding: 'utf8' })).toBe('k8s/web/dashboard.json: OK\n');
});

test('a foreign file stops it with the message shown', () => {
  repository.write(SETTINGS, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n');

  expect(synth).toThrow(messages[1]!);
  expect(repository.has('k8s/web/sync.yaml')).toBe(false);
});

test('a hand edit that is not in Git stops it with the message shown; a committed one is overwritten and named', () => {
  synth();
  repository.commit();
  repository.replace(SETTINGS, 'level: info', 'level: debug');

  expect(synth).toThrow(messages[2]!);

  repository.commit();
  const { changed } = synth();
  expect(messages[3]).toBe(`changed ${changed[0]!.path}: ${changed[0]!.fields.join(', ')}`);
});

test('a check exits with the difference and writes nothing', () => {
  synth();
  repository.replace(SETTINGS, 'level: info', 'level: debug');

  expect(synth({ check: true }).diff).toContain('-  level: debug\n+  level: info\n');
  expect(repository.read(SETTINGS)).toContain('debug');
});

test('files without their first line are somebody else\'s: a platform that leaves keeps them', () => {
  synth();
  repository.write(SETTINGS, repository.read(SETTINGS).replace(/^#.*\n/, ''));

  expect(repository.publish([]).deleted).not.toContain(SETTINGS);
  expect(repository.has(SETTINGS)).toBe(true);
});

test('another directory takes the tags along, and the message shown says how to take the former one out', () => {
  synth();
  repository.commit();

  const { notes } = synthInto(repository, page, (source) => source.replace("name: 'shop'", "name: 'shop', directory: 'deploy'"), { directory: 'deploy' });

  expect(notes).toContain(messages.find((message) => message.includes('left from before')));
});
