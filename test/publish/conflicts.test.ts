import type { File } from '../../src/tree/file';
import { configMap, deployment, generated, marked, opaque, Repository } from './repository';

let repository: Repository;
const PATH = 'k8s/server/deployment.yaml';
const IMAGE = 'ghcr.io/shop/server';

const server = ({ replicas = 1, name = 'server' } = {}): File[] => [generated(PATH, [deployment(marked(`${IMAGE}:prod-1`), { replicas, name })])];
const tagAt = (path = PATH): string => /image: \S+:(\S+)/.exec(repository.read(path))![1]!;

/** The same object in another file, with so much beside it that Git sees no renamed file. */
const moved = (): File[] => [generated('k8s/api/deployment.yaml', [deployment(marked(`${IMAGE}:prod-1`)), configMap('api', Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`key-${index}`, `value ${index}`])))])];

/** A bot's commit on the branch that is checked out. */
function bot(from: string, to: string, path = PATH): void {
  repository.replace(path, from, to);
  repository.commit(`bot: ${to}`);
}

function branch(name: string): void {
  repository.git('checkout', '--quiet', '-b', name);
}

beforeEach(() => {
  repository = Repository.create();
  repository.publish(server());
  repository.commit('synth');
});
afterEach(() => repository.remove());

describe('a merge with a bot commit on the other side', () => {
  test('takes the tag of the side that changed it, out of a file with conflict markers', () => {
    branch('feature');
    repository.publish([generated(PATH, [deployment(marked(`${IMAGE}:prod-1`, 'flux-system:api'))])]);
    repository.commit('another policy');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.conflicts('merge', 'feature');

    const { notes } = repository.publish([generated(PATH, [deployment(marked(`${IMAGE}:prod-1`, 'flux-system:api'))])]);

    expect(repository.read(PATH)).toContain(`image: ${IMAGE}:prod-2 # {"$imagepolicy": "flux-system:api"}\n`);
    expect(notes).toEqual(['pin flux-system:api (k8s/server/deployment.yaml): takes prod-2 from HEAD, over prod-1']);
  });

  test('takes it where the object moved to another file on our side, and Git left the old one', () => {
    branch('feature');
    repository.publish(moved());
    repository.commit('move');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('merge', 'main');

    const { notes, deleted } = repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
    expect(deleted).toEqual([PATH]);
    expect(notes).toHaveLength(1);
  });

  test('takes it even when the person has resolved the conflict by deleting the old file', () => {
    branch('feature');
    repository.publish(moved());
    repository.commit('move');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('merge', 'main');
    repository.git('rm', '--quiet', PATH);

    const { notes } = repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
    expect(notes).toEqual([expect.stringMatching(/^pin flux-system:server \(k8s\/api\/deployment.yaml\): takes prod-2 from the other side \([0-9a-f]{7}\), over prod-1$/)]);
  });

  test('takes it for an object that our side renamed', () => {
    branch('feature');
    repository.publish(server({ name: 'api' }));
    repository.commit('rename');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.git('checkout', '--quiet', 'feature');
    repository.git('merge', '--quiet', '--no-commit', '-s', 'ours', 'main');

    repository.publish(server({ name: 'api' }));

    expect(tagAt()).toBe('prod-2');
  });

  test('takes it in a rebase, where the sides are the other way round', () => {
    branch('feature');
    repository.publish(moved());
    repository.commit('move');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('rebase', 'main');

    repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
    expect(repository.has(PATH)).toBe(false);
    repository.git('add', '--all');
    repository.git('rebase', '--continue');
    expect(repository.publish(moved()).differs).toBe(false);
    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
  });

  test('takes it in a rebase when the old file was deleted by hand', () => {
    branch('feature');
    repository.publish(moved());
    repository.commit('move');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.git('checkout', '--quiet', 'feature');
    repository.conflicts('rebase', 'main');
    repository.git('rm', '--quiet', PATH);

    repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
  });

  test('takes it in a cherry-pick', () => {
    branch('feature');
    repository.publish(moved());
    const move = repository.commit('move');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.conflicts('cherry-pick', move);
    repository.git('rm', '--quiet', PATH);

    repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
  });

  test('takes it in a squash when the old file was deleted by hand', () => {
    branch('feature');
    repository.publish(moved());
    repository.commit('move');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.conflicts('merge', '--squash', 'feature');
    repository.git('rm', '--quiet', PATH);

    repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
    repository.git('add', '--all');
    expect(repository.publish(moved()).differs).toBe(false);
  });

  test('takes it when a stash is popped', () => {
    repository.publish(moved());
    repository.git('add', '--all');
    repository.git('stash', '--quiet');
    bot('prod-1', 'prod-2');
    repository.conflicts('stash', 'pop');

    repository.publish(moved());

    expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
    expect(repository.has(PATH)).toBe(false);
  });
});

describe('a tag that both sides changed', () => {
  beforeEach(() => {
    branch('feature');
    bot('prod-1', 'hotfix-1');
    repository.git('checkout', '--quiet', 'main');
    bot('prod-1', 'prod-2');
    repository.conflicts('merge', 'feature');
  });

  test('stops the publish with both values and what settles it', () => {
    const before = repository.read(PATH);

    expect(() => repository.publish(server())).toThrow(
      /^pin flux-system:server \(k8s\/server\/deployment.yaml\) has a value of its own on each side of the merge: prod-2 \(HEAD\), hotfix-1 \(the other side \([0-9a-f]{7}\)\)\n {2}fix: say which: git checkout --ours or --theirs k8s\/server\/deployment.yaml, or fluxwright synth --pin flux-system:server=hotfix-1$/,
    );
    expect(repository.read(PATH)).toBe(before);
  });

  test.each([['--ours', 'prod-2'], ['--theirs', 'hotfix-1']])('is settled by git checkout %s', (side, tag) => {
    repository.git('checkout', side, PATH);

    repository.publish(server());

    expect(tagAt()).toBe(tag);
  });

  test('is settled by --pin', () => {
    repository.publish(server(), { pin: { 'flux-system:server': 'hotfix-1' } });

    expect(tagAt()).toBe('hotfix-1');
  });

  test.each(['prod-1', 'prod-2', 'hotfix-1', 'prod-9'])('is settled by --pin %s for good, and says over what', (tag) => {
    const { notes } = repository.publish(server(), { pin: { 'flux-system:server': tag } });

    const others = [['prod-2', 'HEAD'], ['hotfix-1', 'the other side']].filter(([other]) => other !== tag).map(([other, side]) => `${other} from ${side}`);
    expect(notes.map((note) => note.replace(/ \([0-9a-f]{7}\)/, ''))).toEqual([`pin flux-system:server (k8s/server/deployment.yaml): ${tag} chosen by --pin, over ${others.join(', ')}`]);
    expect(repository.publish(server())).toMatchObject({ differs: false, notes: [] });
    repository.git('add', '--all');
    expect(repository.publish(server())).toMatchObject({ differs: false, notes: [] });
    expect(tagAt()).toBe(tag);
  });

  test('is settled anew by another --pin', () => {
    repository.publish(server(), { pin: { 'flux-system:server': 'prod-1' } });

    repository.publish(server(), { pin: { 'flux-system:server': 'hotfix-1' } });

    expect(tagAt()).toBe('hotfix-1');
  });

  test('is settled by a person who writes the value from before both', () => {
    repository.write(PATH, repository.read(PATH).replace(/<<<<<<<[^]*>>>>>>> feature/, `          image: ${IMAGE}:prod-1 # {"$imagepolicy": "flux-system:server"}`));

    repository.publish(server());
    repository.git('add', '--all');
    repository.publish(server());

    expect(tagAt()).toBe('prod-1');
  });

  test('is settled by a person who writes a third value', () => {
    repository.write(PATH, repository.read(PATH).replace(/<<<<<<<[^]*>>>>>>> feature/, `          image: ${IMAGE}:prod-3 # {"$imagepolicy": "flux-system:server"}`));

    repository.publish(server());

    expect(tagAt()).toBe('prod-3');
  });

  test('stops the publish, too, where its conflict markers were committed', () => {
    repository.commit('oops');

    expect(() => repository.publish(server())).toThrow('has a value of its own on each side of the merge: prod-2 (our side), hotfix-1 (the other side)');
  });
});

test('committed conflict markers give the side that differs from the merge base', () => {
  branch('feature');
  repository.publish([generated(PATH, [deployment(marked(`${IMAGE}:prod-1`, 'flux-system:api'))])]);
  repository.commit();
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.conflicts('merge', 'feature');
  repository.commit('oops');

  repository.publish([generated(PATH, [deployment(marked(`${IMAGE}:prod-1`, 'flux-system:api'))])]);

  expect(tagAt()).toBe('prod-2');
});

test('a file that one side deleted and the tree still has is written again, with the tag of the other', () => {
  branch('feature');
  repository.git('rm', '--quiet', PATH);
  repository.commit('delete');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('merge', 'main');
  repository.git('rm', '--quiet', PATH);

  repository.publish(server());

  expect(tagAt()).toBe('prod-2');
});

test('a revert of the bot takes the tag back, in conflict or not', () => {
  bot('prod-1', 'prod-2');
  const bump = repository.git('rev-parse', 'HEAD').trim();
  repository.git('revert', '--no-edit', bump);
  expect(repository.publish(server()).differs).toBe(false);
  expect(tagAt()).toBe('prod-1');

  bot('prod-1', 'prod-3');
  repository.git('revert', '--no-commit', 'HEAD');
  repository.publish(server());
  expect(tagAt()).toBe('prod-1');
});

test('a clean merge of two people\'s work is no hand edit, whatever brought it', () => {
  branch('feature');
  repository.publish(server({ replicas: 5 }));
  repository.commit('replicas');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.publish([generated(PATH, [{ ...deployment(marked(`${IMAGE}:prod-1`)), metadata: { name: 'server', labels: { a: 'b' } } }])]);
  repository.git('add', '--all');
  repository.git('stash', '--quiet');
  repository.git('merge', '--quiet', '--no-edit', 'feature');
  repository.git('stash', 'pop');

  const report = repository.publish(server({ replicas: 6 }));

  expect(report.changed).toEqual([{ path: PATH, fields: ['metadata.labels', 'spec.replicas'] }]);
  expect(tagAt()).toBe('prod-2');
});

test('two moves of one object that a merge left in both places are settled by the merge base', () => {
  branch('feature');
  repository.publish(moved());
  repository.commit('move');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('merge', 'main');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'merge that keeps both');

  repository.publish(moved());

  expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
});

test('in a shallow clone, where the merge base is unknown, they stop the publish', () => {
  branch('feature');
  repository.publish(moved());
  repository.commit('move');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('merge', 'main');
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '-m', 'merge that keeps both');
  const clone = new Repository(`${repository.root}-shallow`);
  repository.git('clone', '--quiet', '--depth=1', `file://${repository.root}`, clone.root);

  expect(() => clone.publish(moved())).toThrow(
    'pin flux-system:server (k8s/api/deployment.yaml) has several committed values: prod-1 (k8s/api/deployment.yaml:12), prod-2 (k8s/server/deployment.yaml:12)',
  );
  clone.remove();
});

test('a shallow clone and a worktree publish what the full clone does', () => {
  bot('prod-1', 'prod-2');
  const shallow = new Repository(`${repository.root}-shallow`);
  repository.git('clone', '--quiet', '--depth=1', `file://${repository.root}`, shallow.root);
  const worktree = new Repository(`${repository.root}-worktree`);
  repository.git('worktree', 'add', '--quiet', worktree.root, '-b', 'other');

  for (const copy of [shallow, worktree]) {
    expect(copy.publish(server()).differs).toBe(false);
    copy.removeDirectory('k8s');
    copy.publish(server());
    expect(copy.status()).toBe('');
    copy.remove();
  }
});

test('a conflict in the list of opaque files is the union of both sides', () => {
  const all = [...server(), opaque('k8s/a.json', 'a'), opaque('k8s/b.json', 'b')];
  branch('feature');
  repository.publish(all.slice(0, 2));
  repository.commit();
  repository.git('checkout', '--quiet', 'main');
  repository.publish([all[0]!, all[2]!]);
  repository.commit();
  repository.conflicts('merge', 'feature');

  repository.publish(all);
  repository.commit('merged');

  expect(repository.publish(all).differs).toBe(false);
  expect(repository.publish(server()).deleted).toEqual(['k8s/a.json', 'k8s/b.json']);
});

test('a tag that a committed merge dropped is not put back, but warned of', () => {
  branch('feature');
  repository.publish(server({ replicas: 5 }));
  repository.commit();
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.git('checkout', '--quiet', 'feature');
  repository.git('merge', '--quiet', '--no-edit', '-s', 'ours', 'main');

  const { notes, differs } = repository.publish(server({ replicas: 5 }));

  expect(differs).toBe(false);
  expect(notes).toEqual([expect.stringMatching(/^warning: pin flux-system:server \(k8s\/server\/deployment.yaml\): prod-1, as before the merge in HEAD, while the parent [0-9a-f]{7} has prod-2; if the merge lost it, write it into the file$/)]);
});

test('a tag that a finished rebase dropped with its file is warned of', () => {
  branch('feature');
  repository.publish(moved());
  repository.commit('move');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('rebase', 'main');
  repository.git('rm', '--quiet', PATH);
  repository.git('rebase', '--continue');

  const { notes } = repository.publish(moved());

  expect(notes).toEqual([
    'warning: pin flux-system:server (k8s/api/deployment.yaml): prod-1, while the commit before HEAD has prod-2 in k8s/server/deployment.yaml, which HEAD deletes; if HEAD lost it, write it into the file',
  ]);
});

test('a commit that moves an object with its tag is not warned of', () => {
  bot('prod-1', 'prod-2');
  repository.publish(moved());
  repository.commit('move');

  expect(repository.publish(moved()).notes).toEqual([]);
});

test('a rebase that stops to edit a bot commit, which a person then drops, has no other side', () => {
  bot('prod-1', 'prod-2');
  repository.commit('later');
  repository.git('-c', 'sequence.editor=sed -i.before 1s/pick/edit/', 'rebase', '--quiet', '--interactive', 'HEAD~2');
  repository.git('reset', '--quiet', '--hard', 'HEAD^');

  const { notes, differs } = repository.publish(server());

  expect(tagAt()).toBe('prod-1');
  expect(notes).toEqual([]);
  expect(differs).toBe(false);
});

test('a pin that one side holds while the bot moves it on the other stops the publish', () => {
  const held = [generated(PATH, [deployment(`${IMAGE}:start`)])];
  bot('prod-1', 'prod-2');
  branch('feature');
  repository.publish(held);
  repository.commit('hold');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-2', 'prod-3');
  repository.conflicts('merge', 'feature');

  expect(() => repository.publish(held)).toThrow('has a value of its own on each side of the merge: prod-3 (HEAD), prod-2 (the other side');

  repository.publish(held, { pin: { 'flux-system:server': 'prod-2' } });
  expect(repository.read(PATH)).toContain(`image: ${IMAGE}:prod-2 # {"$held": "${IMAGE}:start", "$imagepolicy-held": "flux-system:server"}`);
});

test.each(['prod-1', 'prod-2'])('a stash whose conflict was resolved by deleting the old file does not take the older tag, until --pin says %s', (tag) => {
  repository.publish(moved());
  repository.git('add', '--all');
  repository.git('stash', '--quiet');
  bot('prod-1', 'prod-2');
  repository.conflicts('stash', 'pop');
  repository.git('rm', '--quiet', PATH);

  expect(() => repository.publish(moved())).toThrow(
    'pin flux-system:server (k8s/api/deployment.yaml) has several committed values: prod-1 (k8s/api/deployment.yaml:12), prod-2 (k8s/server/deployment.yaml:12)\n'
    + '  fix: say which: fluxwright synth --pin flux-system:server=prod-2',
  );
  repository.publish(moved(), { pin: { 'flux-system:server': tag } });
  expect(tagAt('k8s/api/deployment.yaml')).toBe(tag);
  expect(repository.publish(moved()).differs).toBe(false);
  expect(tagAt('k8s/api/deployment.yaml')).toBe(tag);
});

test('--pin says nothing of leaving the tree about the values that it was chosen over', () => {
  repository.git('checkout', '--quiet', '--orphan', 'empty');
  repository.git('rm', '-r', '--quiet', '--force', '.');
  repository.commit('empty');
  branch('feature');
  repository.publish(server());
  repository.commit('prod-1');
  repository.git('checkout', '--quiet', 'empty');
  repository.publish([generated(PATH, [deployment(marked(`${IMAGE}:prod-3`))])]);
  repository.commit('prod-3');
  repository.conflicts('merge', 'feature');

  const { notes } = repository.publish(server(), { pin: { 'flux-system:server': 'prod-3' } });

  expect(tagAt()).toBe('prod-3');
  expect(notes).toEqual([expect.stringMatching(/^pin flux-system:server \(k8s\/server\/deployment.yaml\): prod-3 chosen by --pin, over prod-1 from the other side \([0-9a-f]{7}\)$/)]);
});

test('a revert of the bot under a hold is settled by --pin for good', () => {
  const held = [generated(PATH, [deployment(`${IMAGE}:prod-1`)])];
  bot('prod-1', 'prod-2');
  const bump = repository.git('rev-parse', 'HEAD').trim();
  repository.publish(held);
  repository.commit('hold');
  repository.conflicts('revert', '--no-edit', bump);
  expect(() => repository.publish(held)).toThrow('has a value of its own on each side of the merge: prod-2 (HEAD), prod-1 (the other side');

  const { notes } = repository.publish(held, { pin: { 'flux-system:server': 'prod-1' } });

  expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): prod-1 chosen by --pin, over prod-2 from HEAD']);
  expect(repository.read(PATH)).toContain(`image: ${IMAGE}:prod-1\n`);
  expect(repository.publish(held)).toMatchObject({ differs: false, notes: [] });
});

describe('a value that stands on one side without a marker', () => {
  const literal = (tag: string): File[] => [generated(PATH, [deployment(`${IMAGE}:${tag}`)])];

  test.each(['merge', 'rebase'])('counts as a change of that side in a %s, when the other put the marker on', (how) => {
    repository.publish(literal('prod-1'));
    repository.commit('literal');
    branch('feature');
    repository.publish(server());
    repository.commit('marker');
    repository.git('checkout', '--quiet', 'main');
    repository.publish(literal('prod-2'));
    repository.commit('prod-2 by hand');
    if (how === 'merge') repository.conflicts('merge', 'feature');
    else {
      repository.git('checkout', '--quiet', 'feature');
      repository.conflicts('rebase', 'main');
    }

    const { notes } = repository.publish([generated(PATH, [deployment(marked(`${IMAGE}:prod-2`))])]);

    expect(repository.read(PATH)).toContain(`image: ${IMAGE}:prod-2 # {"$imagepolicy": "flux-system:server"}\n`);
    expect(notes).toEqual(['pin flux-system:server (k8s/server/deployment.yaml): takes prod-2 from HEAD, over prod-1']);
  });

  describe('and on the other as the bot set it', () => {
    beforeEach(() => {
      branch('feature');
      repository.publish(literal('prod-1'));
      repository.publish(literal('prod-5'));
      repository.commit('prod-5, without a marker');
      repository.git('checkout', '--quiet', 'main');
      bot('prod-1', 'prod-2');
      repository.git('checkout', '--quiet', 'feature');
      repository.conflicts('merge', 'main');
    });

    test('stops the publish with both values', () => {
      expect(() => repository.publish(literal('prod-5'))).toThrow(
        /^pin flux-system:server \(k8s\/server\/deployment.yaml\) has a value of its own on each side of the merge: prod-5 \(HEAD\), prod-2 \(the other side \([0-9a-f]{7}\)\)\n {2}fix: say which: git checkout --ours or --theirs k8s\/server\/deployment.yaml, or fluxwright synth --pin flux-system:server=prod-2$/,
      );
    });

    test.each([['prod-5', 'prod-5\n'], ['prod-2', `prod-2 # {"$held": "${IMAGE}:prod-5", "$imagepolicy-held": "flux-system:server"}\n`]])('is settled by --pin %s, also for the next synth', (tag, line) => {
      repository.publish(literal('prod-5'), { pin: { 'flux-system:server': tag } });

      expect(repository.read(PATH)).toContain(`image: ${IMAGE}:${line}`);
      expect(repository.publish(literal('prod-5')).differs).toBe(false);
    });
  });
});

test('a tag that a committed merge dropped with the name of its object is warned of', () => {
  const renamed = [generated('k8s/api/deployment.yaml', [deployment(marked(`${IMAGE}:prod-1`), { name: 'api', replicas: 3 }), configMap('api', { filler: 'x'.repeat(600) })])];
  branch('feature');
  repository.publish(renamed);
  repository.commit('rename');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.git('checkout', '--quiet', 'feature');
  repository.conflicts('merge', 'main');
  repository.git('rm', '--quiet', PATH);
  repository.git('commit', '--quiet', '-m', 'merge');

  const { notes, differs } = repository.publish(renamed);

  expect(differs).toBe(false);
  expect(notes).toEqual([expect.stringMatching(/^warning: pin flux-system:server \(k8s\/api\/deployment.yaml\): prod-1, as before the merge in HEAD, while the parent [0-9a-f]{7} has prod-2; if the merge lost it, write it into the file$/)]);
});

test('--reset-pins in a conflict says which tags it takes neither of', () => {
  branch('feature');
  bot('prod-1', 'prod-3');
  repository.git('checkout', '--quiet', 'main');
  bot('prod-1', 'prod-2');
  repository.conflicts('merge', 'feature');

  const { notes } = repository.publish(server(), { resetPins: true });

  expect(tagAt(PATH)).toBe('prod-1');
  expect(notes).toEqual([`pin flux-system:server (${PATH}): reset prod-2, prod-3 → prod-1`]);
});

test('a file that both sides moved elsewhere, which Git marks with longer markers, is generated again, and what is left of it goes', () => {
  const at = (path: string): File[] => [generated(path, [deployment(marked(`${IMAGE}:prod-1`))])];
  branch('feature');
  repository.publish(at('k8s/api/deployment.yaml'));
  repository.commit('move');
  repository.git('checkout', '--quiet', 'main');
  repository.publish(at('k8s/web/deployment.yaml'));
  repository.commit('move elsewhere');
  bot('prod-1', 'prod-2', 'k8s/web/deployment.yaml');
  repository.conflicts('merge', 'feature');
  expect(repository.read('k8s/web/deployment.yaml')).toMatch(/^<<<<<<<< /);

  repository.publish(at('k8s/api/deployment.yaml'));

  expect(tagAt('k8s/api/deployment.yaml')).toBe('prod-2');
  expect(repository.has('k8s/web/deployment.yaml')).toBe(false);
});
