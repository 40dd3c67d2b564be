import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movingTree, TAGS } from './moving-tree';
import { Repository } from './repository';

const STEPS = 60;

/** Whether the process got to the end. */
async function publishUntil(step: number, root: string): Promise<boolean> {
  const child = spawn(process.execPath, ['--conditions=fluxwright-source', '-r', 'tsx/cjs', join(__dirname, 'publish-until.ts'), root, String(step)], { cwd: join(__dirname, '..', '..'), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect([code, signal]).toEqual(signal === null ? [0, null] : [null, 'SIGKILL']);
  return signal === null;
}

function tagsIn(repository: Repository): Record<string, string> {
  const images = movingTree(true).flatMap(({ path }) => [...repository.read(path).matchAll(/image: ghcr.io\/shop\/(\w):(\S+) #/g)]);
  return Object.fromEntries(images.map((match) => [match[1]!, match[2]!] as const).sort());
}

test('a run that is killed between any two steps, while objects change places, loses no tag that is not committed', async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'fluxwright-')));
  const template = Repository.create();
  template.publish(movingTree(false));
  for (const name of Object.keys(TAGS)) template.replace(`k8s/${Object.keys(TAGS).indexOf(name)}.yaml`, `${name}:start`, `${name}:committed`);
  template.commit('bot');
  for (const [name, tag] of Object.entries(TAGS)) template.replace(`k8s/${Object.keys(TAGS).indexOf(name)}.yaml`, `${name}:committed`, `${name}:${tag}`);

  const tried = async (step: number): Promise<boolean> => {
    const repository = new Repository(join(parent, String(step)));
    cpSync(template.root, repository.root, { recursive: true });
    const isDone = await publishUntil(step, repository.root);
    repository.publish(movingTree(true));
    expect([step, tagsIn(repository)]).toEqual([step, TAGS]);
    expect(repository.publish(movingTree(true)).differs).toBe(false);
    return isDone;
  };
  let steps = 0;
  for (let isDone = false; !isDone && steps < STEPS; steps += 2) isDone = (await Promise.all([tried(steps + 1), tried(steps + 2)])).includes(true);

  expect(steps).toBeGreaterThan(8);
  expect(steps).toBeLessThan(STEPS);
  rmSync(parent, { recursive: true });
  template.remove();
}, 120_000);
