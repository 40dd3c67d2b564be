import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

const project = join(__dirname, '..');

/** What each layer may import, beside itself. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'src/errors.ts': [],
  'src/nearest.ts': [],
  'src/visible.ts': [],
  'src/yaml': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts'],
  'src/tree': ['src/errors.ts', 'src/yaml'],
  'src/model': ['src/errors.ts', 'src/nearest.ts', 'src/yaml', 'src/tree', 'src/flux', 'src/sops'],
  'src/render': ['src/errors.ts', 'src/nearest.ts', 'src/yaml', 'src/tree', 'src/flux', 'src/model'],
  'src/checks': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/flux', 'src/sops', 'src/postgres', 'src/schema', 'src/model', 'src/render'],
  'src/diff': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/flux', 'src/sops', 'src/schema', 'src/model', 'src/render'],
  'src/plan': ['src/visible.ts', 'src/tree', 'src/flux', 'src/model', 'src/checks'],
  'src/graph': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/model', 'src/checks', 'src/plan'],
  'src/page': ['src/errors.ts', 'src/visible.ts', 'src/yaml', 'src/model', 'src/checks', 'src/diff', 'src/plan', 'src/graph'],
  'src/history': ['src/errors.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/model', 'src/diff/stage-names.ts'],
  'src/why': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/sops', 'src/model', 'src/render', 'src/history'],
  'src/pins': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/flux', 'src/model', 'src/publish', 'src/history'],
  'src/recovery': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/postgres', 'src/publish/shell-word.ts', 'src/model'],
  'src/stages': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/sops', 'src/schema', 'src/publish', 'src/pins', 'src/model', 'src/diff'],
  'src/migrate': ['src/errors.ts', 'src/tree', 'src/flux', 'src/model'],
  'src/runbook': ['src/visible.ts', 'src/tree', 'src/publish/shell-word.ts', 'src/sops', 'src/upstream', 'src/model', 'src/checks', 'src/plan', 'src/graph', 'src/pins', 'src/recovery'],
  'src/environments': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml'],
  'src/flux': ['src/errors.ts'],
  'src/schema': ['src/errors.ts', 'src/nearest.ts', 'src/flux'],
  'src/postgres': ['src/errors.ts'],
  'src/sops': ['src/errors.ts'],
  'src/upstream': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml'],
  'src/releases': ['src/errors.ts', 'src/visible.ts', 'src/tree', 'src/schema', 'src/model', 'src/upstream'],
  'src/publish': ['src/errors.ts', 'src/nearest.ts', 'src/yaml', 'src/tree', 'src/flux'],
  // the process boundary of an app runs the checks before it publishes
  'src/app/synth-checks.ts': ['src/errors.ts', 'src/tree', 'src/checks'],
  'src/app': ['src/errors.ts', 'src/nearest.ts', 'src/yaml', 'src/tree', 'src/publish', 'src/flux'],
  'src/constructs': ['src/errors.ts', 'src/nearest.ts', 'src/yaml', 'src/tree/file.ts', 'src/tree/path.ts', 'src/tree/header.ts', 'src/tree/image-reference.ts', 'src/tree/cluster-scoped.ts', 'src/flux', 'src/sops', 'src/postgres', 'src/app', 'src/upstream', 'src/environments', 'imports'],
  'src/index.ts': ['src/errors.ts', 'src/environments', 'src/app', 'src/constructs', 'src/flux', 'src/sops'],
  'src/testing.ts': ['src/errors.ts', 'src/app', 'src/tree', 'src/testing'],
  'src/testing': ['src/errors.ts', 'src/nearest.ts', 'src/yaml', 'src/tree', 'src/app', 'src/upstream', 'src/model', 'src/render', 'src/checks', 'src/diff'],
  'src/cli': ['src/errors.ts', 'src/nearest.ts', 'src/visible.ts', 'src/yaml', 'src/tree', 'src/publish', 'src/flux', 'src/sops', 'src/app', 'src/upstream', 'src/releases', 'src/schema', 'src/model', 'src/render', 'src/checks', 'src/diff', 'src/plan', 'src/graph', 'src/page', 'src/history', 'src/why', 'src/pins', 'src/stages', 'src/migrate', 'src/recovery', 'src/runbook', 'src/environments'],
  imports: [],
};

/** Files that may touch what others may not. */
const PRIVILEGES: Readonly<Record<string, RegExp>> = {
  'node:fs': /^src\/(publish|cli|render)\/|^src\/tree\/(git|git-branch|disk)\.ts$|^src\/upstream\/|^src\/app\/(inputs|run)\.ts$|^src\/schema\/packaged\.ts$|^src\/page\/assets\.ts$/,
  'node:child_process': /^src\/tree\/git(-branch)?\.ts$|^src\/render\/|^src\/cli\/(project|flux-export|sops-program)\.ts$/,
  'process.': /^src\/cli\/main\.ts$|^src\/testing\/test-renderer\.ts$|^src\/testing\/test-renderer\.ts$|^src\/app\/run\.ts$|^src\/upstream\/upstream-cache\.ts$/,
};

const GENERATED = ['imports'];

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly target: string; readonly typeOnly: boolean }[];
}

const sources = [...typeScriptBelow('src'), ...typeScriptBelow('imports')].map(readSource);

test('each layer imports only what the table allows', () => {
  const trespasses = sources.flatMap(({ path, imports }) => {
    const layer = layerOf(path);
    const allowed = [layer, ...LAYERS[layer]!];
    return imports
      .filter(({ target }) => target.startsWith('src/') || target.startsWith('imports/'))
      .filter(({ target }) => !allowed.some((entry) => target === entry || target.startsWith(`${entry}/`)))
      .map(({ target }) => `${path} imports ${target}`);
  });

  expect(trespasses).toEqual([]);
});

test('imports/ costs nothing at run time: only its types are used', () => {
  const loaded = sources.flatMap(({ path, imports }) => imports.filter(({ target, typeOnly }) => target.startsWith('imports/') && !typeOnly).map(({ target }) => `${path} loads ${target}`));

  expect(loaded).toEqual([]);
});

test('only the files named for it touch the file system, other programs and the process', () => {
  const trespasses = Object.entries(PRIVILEGES).flatMap(([privilege, allowed]) =>
    sources
      .filter(({ path }) => path.startsWith('src/') && !allowed.test(path))
      .filter(({ text, imports }) => (privilege === 'process.' ? /(^|[^\w.'`"/])process\.\w/m.test(withoutComments(text)) : imports.some(({ target }) => target === privilege)))
      .map(({ path }) => `${path} uses ${privilege}`),
  );

  expect(trespasses).toEqual([]);
});

test('platforms import fluxwright and nothing below it', () => {
  const trespasses = typeScriptBelow('platforms').map(readSource).flatMap(({ path, imports }) =>
    imports.filter(({ target }) => target.startsWith('src/') || target.startsWith('imports/')).map(({ target }) => `${path} imports ${target}`),
  );

  expect(trespasses).toEqual([]);
});

test('no file is longer than 300 lines, and half of them are at most 100', () => {
  const lengths = sources.filter(({ path }) => !GENERATED.some((folder) => path.startsWith(`${folder}/`))).map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));

  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([]);
  const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(100);
});

test('no file is called by what it is not', () => {
  const vague = sources.map(({ path }) => path).filter((path) => /\/(utils?|helpers?|common|types|misc|shared)\.ts$/.test(path) || (posix.basename(path) === 'index.ts' && path !== 'src/index.ts' && path !== 'src/checks/index.ts'));

  expect(vague).toEqual([]);
});

function layerOf(path: string): string {
  const layer = Object.keys(LAYERS).find((entry) => path === entry || path.startsWith(`${entry}/`));
  if (layer === undefined) throw new Error(`${path} lies in no layer of the table`);
  return layer;
}

function readSource(path: string): Source {
  const text = readFileSync(join(project, path), 'utf8');
  const imports = [...text.matchAll(/^(import|export)\b(\s+type\b)?[^'";]*?from '([^']+)'|require\('([^']+)'\)/gm)].map((match) => {
    const specifier = match[3] ?? match[4]!;
    const typeOnly = match[2] !== undefined || /^(import|export)\s*\{(\s*type\s[^,}]+,?)+\s*\}/.test(match[0]);
    return { target: specifier.startsWith('.') ? resolveImport(path, specifier) : specifier, typeOnly };
  });
  return { path, text, imports };
}

function resolveImport(from: string, specifier: string): string {
  const target = posix.join(posix.dirname(from), specifier);
  return target.endsWith('.json') || target.endsWith('.ts') ? target : `${target}.ts`;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}

function typeScriptBelow(folder: string): string[] {
  const top = join(project, folder);
  try {
    statSync(top);
  } catch {
    return [];
  }
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .map((name) => relative(project, join(top, name)).split('\\').join('/'))
    .sort();
}

