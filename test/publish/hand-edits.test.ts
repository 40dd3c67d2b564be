import { configMap, deployment, generated, marked, Repository } from './repository';

let repository: Repository;
beforeEach(() => (repository = Repository.create()));
afterEach(() => repository.remove());

const PATH = 'k8s/config.yaml';
const config = (value: string) => [generated(PATH, [configMap('config', { a: value, b: 'x' })])];

test('an edit that is nowhere in Git stops the publish, and --force drops it', () => {
  repository.publish(config('1'));
  repository.commit();
  repository.replace(PATH, 'b: x', 'b: by hand');

  expect(() => repository.publish(config('2'))).toThrow(
    'k8s/config.yaml:8 was edited by hand (data.b), and that is in Git nowhere; synth would overwrite it\n'
    + '  fix: put it into the constructs, or commit it to keep it in history; fluxwright synth --force drops it',
  );
  expect(() => repository.publish([])).toThrow('synth would delete the file');
  expect(repository.read(PATH)).toContain('by hand');

  repository.publish(config('2'), { force: true });
  expect(repository.read(PATH)).not.toContain('by hand');
});

test('a check tells the refusal that a publish would end with, and not of an edit that is in Git', () => {
  repository.publish(config('1'));
  repository.commit();
  repository.replace(PATH, 'b: x', 'b: by hand');

  const { refused, differs } = repository.publish(config('2'), { check: true });

  expect([differs, refused.map(({ message }) => message)]).toEqual([true, [expect.stringMatching(/^k8s\/config\.yaml:8 was edited by hand \(data\.b\), and that is in Git nowhere; synth would overwrite it/)]]);
  expect(repository.publish(config('2'), { check: true, force: true }).refused).toEqual([]);
  repository.commit();
  expect(repository.publish(config('2'), { check: true }).refused).toEqual([]);
});

test('a committed edit is overwritten, and the report names its fields', () => {
  repository.publish(config('1'));
  repository.replace(PATH, 'b: x', 'b: by hand');
  repository.commit();

  expect(repository.publish(config('1')).changed).toEqual([{ path: PATH, fields: ['data.b'] }]);
});

test('an edit that was only added to the index, or stashed, is in Git', () => {
  repository.publish(config('1'));
  repository.replace(PATH, 'b: x', 'b: by hand');
  repository.git('add', '--all');

  expect(repository.publish(config('1')).changed).toEqual([{ path: PATH, fields: ['data.b'] }]);
});

test('what synth wrote and nobody committed is its own to overwrite and delete', () => {
  repository.publish(config('1'));
  repository.publish(config('2'));

  expect(repository.publish([]).deleted).toEqual([PATH]);
});

test('a value that somebody sets in a pin is no hand edit, and is kept', () => {
  const server = (replicas: number) => [generated('k8s/server.yaml', [deployment(marked('ghcr.io/s:v1'), { replicas })])];
  repository.publish(server(1));
  repository.replace('k8s/server.yaml', ':v1', ':v2');

  repository.publish(server(2));

  expect(repository.read('k8s/server.yaml')).toContain('image: ghcr.io/s:v2 # {"$imagepolicy": "flux-system:server"}');
});

test('a check calls an edit a difference', () => {
  repository.publish(config('1'));
  repository.replace(PATH, 'b: x', 'b: by hand');

  const { diff, differs } = repository.publish(config('1'), { check: true });

  expect(differs).toBe(true);
  expect(diff).toBe([
    '--- a/k8s/config.yaml', '+++ b/k8s/config.yaml', '@@ -5,4 +5,4 @@', '   name: config', ' data:', '   a: "1"', '-  b: by hand', '+  b: x', '',
  ].join('\n'));
  expect(repository.read(PATH)).toContain('by hand');
});

test('a check calls a bot commit none', () => {
  const server = [generated('k8s/server.yaml', [deployment(marked('ghcr.io/s:v1'))])];
  repository.publish(server);
  repository.replace('k8s/server.yaml', ':v1', ':v2');

  expect(repository.publish(server, { check: true })).toMatchObject({ differs: false, diff: '' });
});

test('outside Git, too, an edit stops the publish', () => {
  const plain = new Repository(`${repository.root}-plain`);
  plain.write('README', '');
  plain.publish(config('1'));
  plain.publish(config('2'));
  plain.replace(PATH, 'b: x', 'b: by hand');

  expect(() => plain.publish(config('3'))).toThrow('was edited by hand');
  plain.remove();
});

test('a conflict that a person resolved by hand is no hand edit', () => {
  repository.publish(config('1'));
  repository.commit();
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.publish(config('2'));
  repository.commit();
  repository.git('checkout', '--quiet', 'main');
  repository.publish(config('3'));
  repository.commit();
  repository.conflicts('merge', 'feature');
  repository.write(PATH, repository.read(PATH).replace(/<<<<<<<[^\n]*\n|=======\n[^]*>>>>>>>[^\n]*\n/g, ''));

  expect(repository.publish(config('4')).changed).toEqual([{ path: PATH, fields: ['data.a'] }]);
});

test('line ends that Git changed at checkout are no difference', () => {
  repository.publish(config('1'));
  repository.commit();
  repository.write(PATH, repository.read(PATH).replaceAll('\n', '\r\n'));

  expect(repository.publish(config('1')).differs).toBe(false);
  repository.git('config', 'core.autocrlf', 'true');
  expect(repository.publish(config('2')).changed).toEqual([{ path: PATH, fields: ['data.a'] }]);
});

test('an edit in a block scalar is one, though its line looks like a pin', () => {
  const files = [generated(PATH, [configMap('config', { 'values.yaml': 'a: 1\nimage: ghcr.io/s:v1 # {"$imagepolicy": "flux-system:server"}\n' })])];
  repository.publish(files);
  repository.commit();
  repository.replace(PATH, ':v1', ':mine');

  expect(() => repository.publish(files)).toThrow('k8s/config.yaml:9 was edited by hand (data.values.yaml)');
});

test('a value in a pin that somebody sets before a move is none, whatever its quotes and spaces', () => {
  const server = (replicas: number) => [generated('k8s/server.yaml', [deployment(marked('ghcr.io/s:v1'), { replicas })])];
  repository.publish(server(1));
  repository.replace('k8s/server.yaml', 'ghcr.io/s:v1 #', '"ghcr.io/s:v2"   #');

  repository.publish(server(2));

  expect(repository.read('k8s/server.yaml')).toContain('image: "ghcr.io/s:v2" # {"$imagepolicy": "flux-system:server"}');
});
