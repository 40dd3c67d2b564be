import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { folderWith } from '../folders';
import { testWith, toolPath } from '../tools';
import { canonical, rendererFor } from './flux-builds';

interface Root {
  readonly ok: boolean;
  readonly file: string;
}

/** Roots that miss a script which was left out of the archive. */
const INCOMPLETE: Readonly<Record<string, readonly string[]>> = {
  'buroa+k8s-gitops': ['kubernetes/apps/kopiur-system/kopia/app'],
  'xunholy+k8s-gitops': [
    '.archive/kubernetes/bazarr/app', '.archive/kubernetes/k8s-gateway/app', 'kubernetes/apps/base/game-servers/azerothcore/app',
    'kubernetes/apps/base/game-servers/emberstone-portal/app', 'kubernetes/apps/base/home-system/sabnzbd/app',
  ],
};

const shared = toolPath('shared');
const repositories = shared === undefined ? [] : readdirSync(join(shared, 'repos', 'golden'));
/** Renders stay from run to run: the first one takes a minute. */
const home = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', 'test-renders');

for (const name of repositories) {
  testWith('kustomize', `every root of ${name} is rendered as it was, and it is known of each object where it is written`, async (kustomize) => {
    const folder = folderWith();
    spawnSync('tar', ['-xzf', join(shared!, 'repos', `${name}.tar.gz`), '-C', folder]);
    const golden = join(shared!, 'repos', 'golden', name);
    const { roots } = JSON.parse(readFileSync(join(golden, 'index.json'), 'utf8')) as { roots: Record<string, Root> };
    const complete = Object.entries(roots).filter(([root, { ok }]) => ok && !INCOMPLETE[name]?.includes(root));

    const renderer = await rendererFor(kustomize, join(folder, name), { home });
    const builds = await Promise.all(complete.map(async ([root]) => renderer.directory(root === '.' ? '' : root)));

    const differing = complete.flatMap(([root, { file }], index) => {
      const wanted = JSON.parse(gunzipSync(readFileSync(join(golden, file))).toString('utf8')) as Record<string, unknown>;
      const same = Object.values(wanted).map(canonical).sort().join('\n') === builds[index]!.objects.map(({ data }) => canonical(data)).sort().join('\n');
      return same ? [] : [`${root}: ${builds[index]!.failure ?? 'differs'}`];
    });
    expect(differing).toEqual([]);
    const homeless = builds.flatMap(({ objects }) => objects).filter(({ source, generatedBy }) => source === undefined && generatedBy === undefined);
    expect(homeless.map(({ kind, name: of }) => `${kind} ${of}`)).toEqual([]);
  }, 120_000);
}

if (shared === undefined) test.skip('real repositories are rendered as they were (they are not here)', () => {});
