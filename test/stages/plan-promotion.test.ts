import { planPromotion, type Promotion } from '../../src/stages/plan-promotion';
import { ManifestFile } from '../../src/tree/file';
import { Tree } from '../../src/tree/tree';
import { kustomization, patch, SHOP, version, type Files } from './overlay-tree';

const [FROM, TO] = ['apps/overlays/staging', 'apps/overlays/production'] as const;

function promoted(files: Files, ...services: string[]): Promotion & { readonly texts: Readonly<Record<string, string>> } {
  const tree = new Tree(Object.entries({ ...SHOP, ...files }).map(([path, text]) => ManifestFile.fromText(path, text)));
  const promotion = planPromotion(tree, [{ from: FROM, to: TO }], services);
  return { ...promotion, texts: Object.fromEntries(promotion.edits.map(({ path, after }) => [path, after!.toString()])) };
}

describe('markers', () => {
  const staging = { [`${FROM}/web/version.yaml`]: version('web', 'ghcr.io/shop/web:1.3.0', ' # {"$imagepolicy": "flux-system:web-staging"}') };

  test('stay with their stage: the next one keeps its own at the same field', () => {
    const { texts } = promoted({ ...staging, [`${TO}/web/version.yaml`]: version('web', 'ghcr.io/shop/web:1.2.0', ' # {"$imagepolicy": "flux-system:web-production"}') }, 'web');

    expect(texts[`${TO}/web/version.yaml`]).toBe(version('web', 'ghcr.io/shop/web:1.3.0', ' # {"$imagepolicy": "flux-system:web-production"}'));
  });

  test('of the stage before do not come along, or its policy would reach the next one', () => {
    const { texts, notes } = promoted(staging, 'web');

    expect(texts[`${TO}/web/version.yaml`]).toBe(version('web', 'ghcr.io/shop/web:1.3.0'));
    expect(notes).toEqual([`${TO}/web/version.yaml: 1.3.0 is set without the marker of flux-system:web-staging, which belongs to the other stage`]);
  });

  test('of the next stage stay where the stage before has none', () => {
    const { texts } = promoted({ [`${TO}/web/version.yaml`]: version('web', 'ghcr.io/shop/web:1.2.0', ' # {"$imagepolicy": "flux-system:web-production"}') }, 'web');

    expect(texts[`${TO}/web/version.yaml`]).toBe(version('web', 'ghcr.io/shop/web:1.3.0', ' # {"$imagepolicy": "flux-system:web-production"}'));
  });

  test('on hold keep the value that somebody rolled back to', () => {
    const held = version('web', 'ghcr.io/shop/web:1.1.9', ' # {"$imagepolicy-on-hold": "flux-system:web-production"}');

    const { edits, notes } = promoted({ ...staging, [`${TO}/web/version.yaml`]: held, [`${TO}/kustomization.yaml`]: kustomization('resources: [../../base/web]\npatches: [{path: web/version.yaml}, {path: web/settings.yaml}]\n'), [`${TO}/web/settings.yaml`]: SHOP[`${FROM}/web/settings.yaml`]! }, 'web');

    expect(edits).toEqual([]);
    expect(notes).toEqual([`${TO}/web/version.yaml:11 stays at 1.1.9, which is on hold: fluxwright pins release ${TO}/web/version.yaml`]);
  });

  test('in other files than patches take the version of the same field in the stage before', () => {
    const job = (tag: string, policy: string): string => `kind: CronJob\napiVersion: batch/v1\nmetadata: {name: report}\nspec:\n  image: ghcr.io/shop/report:${tag} # {"$imagepolicy": "flux-system:${policy}"}\n`;

    const { texts } = promoted({ [`${FROM}/report.yaml`]: job('7', 'a'), [`${TO}/report.yaml`]: job('5', 'b') }, 'report');

    expect(texts).toEqual({ [`${TO}/report.yaml`]: job('7', 'b') });
  });
});

test('pinned values alone are promoted where nothing else is to be, in patches and elsewhere', () => {
  const pinned = (tag: string, stage: string, more = ''): string => `${version('web', `ghcr.io/shop/web:${tag}`, ` # {"$imagepolicy": "flux-system:web-${stage}"}`)}${more}`;
  const tree = new Tree(Object.entries({ ...SHOP, [`${FROM}/web/version.yaml`]: pinned('1.3.0', 'staging', '  paused: true\n'), [`${TO}/web/version.yaml`]: pinned('1.2.0', 'production') }).map(([path, text]) => ManifestFile.fromText(path, text)));

  const { edits } = planPromotion(tree, [{ from: FROM, to: TO }], [], 'pins');

  expect(edits.map(({ path, after }) => [path, after!.toString()])).toEqual([[`${TO}/web/version.yaml`, pinned('1.3.0', 'production')]]);
});

describe('images of a kustomization.yaml', () => {
  const images = (text: string): string => kustomization(`resources: [../../base/web]\nimages:\n${text}`);

  test('take the version, in the quotes that they have, and keep name and marker', () => {
    const { texts } = promoted({
      [`${FROM}/kustomization.yaml`]: images('- {name: ghcr.io/shop/web, newName: dev.example/web, newTag: "1.4"}\n'),
      [`${TO}/kustomization.yaml`]: images("- name: ghcr.io/shop/web\n  newName: mirror.example/web # ours\n  newTag: '1.2' # {\"$imagepolicy\": \"flux-system:web:tag\"}\n"),
    });

    expect(texts).toEqual({ [`${TO}/kustomization.yaml`]: images("- name: ghcr.io/shop/web\n  newName: mirror.example/web # ours\n  newTag: '1.4' # {\"$imagepolicy\": \"flux-system:web:tag\"}\n") });
  });

  test('get an entry where the next stage has the image and says nothing of it', () => {
    const { texts, notes } = promoted({
      [`${FROM}/kustomization.yaml`]: kustomization('resources: [../../base/web, ../../base/mail]\nimages:\n- {name: ghcr.io/shop/web, newTag: "1.4"}\n- {name: ghcr.io/shop/mail, newTag: "2.1"}\n'),
      [`${TO}/kustomization.yaml`]: kustomization('resources:\n- ../../base/web\n'),
    });

    expect(texts).toEqual({ [`${TO}/kustomization.yaml`]: kustomization('resources:\n- ../../base/web\nimages:\n- name: ghcr.io/shop/web\n  newTag: "1.4"\n') });
    expect(notes).toEqual([`${TO} has no image ghcr.io/shop/mail, which ${FROM}/kustomization.yaml gives a version`]);
  });

  test('change between tag and digest', () => {
    const digest = `sha256:${'a'.repeat(64)}`;

    const { texts } = promoted({ [`${FROM}/kustomization.yaml`]: images(`- name: ghcr.io/shop/web\n  digest: ${digest}\n`), [`${TO}/kustomization.yaml`]: images('- name: ghcr.io/shop/web # the shop\n  newTag: "1.2"\n') });

    expect(texts[`${TO}/kustomization.yaml`]).toContain(`- name: ghcr.io/shop/web # the shop\n    digest: ${digest}\n`.replace('    digest', '  digest'));
  });
});

describe('encrypted patches', () => {
  const encrypted = (recipient: string, data: string): string => `${patch('web', `  token: ENC[AES256_GCM,data:${data},iv:YQ==,tag:YQ==,type:str]\n`)}sops:\n  age:\n    - recipient: ${recipient}\n      enc: x\n  mac: ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]\n  version: 3.9.0\n`;
  const named = (own: string): string => kustomization(`resources: [../../base/web]\npatches:\n- path: web/token.enc.yaml\n${own}`);

  test('are copied as they are where both stages are encrypted for the same', () => {
    const { texts } = promoted({ [`${FROM}/kustomization.yaml`]: named(''), [`${TO}/kustomization.yaml`]: named(''), [`${FROM}/web/token.enc.yaml`]: encrypted('age1all', 'bmV3'), [`${TO}/web/token.enc.yaml`]: encrypted('age1all', 'b2xk') });

    expect(texts).toEqual({ [`${TO}/web/token.enc.yaml`]: encrypted('age1all', 'bmV3') });
  });

  test('are left where the next stage has other recipients, by its file or by its rule', () => {
    const files = { [`${FROM}/kustomization.yaml`]: named(''), [`${TO}/kustomization.yaml`]: named(''), [`${FROM}/web/token.enc.yaml`]: encrypted('age1staging', 'bmV3') };
    const rule = { '.sops.yaml': 'creation_rules:\n  - path_regex: production\n    age: age1production\n' };

    for (const more of [{ [`${TO}/web/token.enc.yaml`]: encrypted('age1production', 'b2xk') }, { ...rule, [`${TO}/kustomization.yaml`]: kustomization('resources: [../../base/web]\n') }] as Files[]) {
      const { edits, notes } = promoted({ ...files, ...more });

      expect(edits).toEqual([]);
      expect(notes).toEqual([`${FROM}/web/token.enc.yaml is not copied: it is encrypted for others than ${TO}/web/token.enc.yaml is; encrypt it for that stage: sops --decrypt ${FROM}/web/token.enc.yaml, then sops --encrypt to ${TO}/web/token.enc.yaml`]);
    }
  });

  test('are not replaced by plaintext', () => {
    const { edits, notes } = promoted({ [`${FROM}/kustomization.yaml`]: named(''), [`${TO}/kustomization.yaml`]: named(''), [`${FROM}/web/token.enc.yaml`]: patch('web', '  token: x\n'), [`${TO}/web/token.enc.yaml`]: encrypted('age1production', 'b2xk') });

    expect([edits, notes]).toEqual([[], [`${FROM}/web/token.enc.yaml is not copied: it is plaintext, and ${TO}/web/token.enc.yaml is encrypted`]]);
  });
});

describe('a new reference', () => {
  const own = (patches: string): string => kustomization(`resources: [../../base/web]\n${patches}`);

  test('comes before what the stage declares to be its own, which has the last word', () => {
    const { texts } = promoted({ [`${TO}/kustomization.yaml`]: own('patches:\n- path: web/_replicas.yaml\n') }, 'web');

    expect(texts[`${TO}/kustomization.yaml`]).toBe(own('patches:\n- path: web/version.yaml\n- path: web/settings.yaml\n- path: web/_replicas.yaml\n'));
  });

  test('has the target that the patch has in the stage before', () => {
    const { texts } = promoted({ [`${FROM}/kustomization.yaml`]: own('patches:\n- path: web/ops.yaml\n  target: {kind: Deployment, name: web}\n'), [`${FROM}/web/ops.yaml`]: '- {op: add, path: /spec/paused, value: true}\n', [`${TO}/kustomization.yaml`]: own('') });

    expect(texts[`${TO}/kustomization.yaml`]).toBe(own('patches:\n  - path: web/ops.yaml\n    target:\n      kind: Deployment\n      name: web\n'));
  });

  test('goes into the list of strategic merge patches where the stage has one', () => {
    const { texts } = promoted({ [`${FROM}/kustomization.yaml`]: own('patchesStrategicMerge:\n- web/version.yaml\n- web/settings.yaml\n'), [`${TO}/kustomization.yaml`]: own('patchesStrategicMerge:\n- web/version.yaml\n') });

    expect(texts[`${TO}/kustomization.yaml`]).toBe(own('patchesStrategicMerge:\n- web/version.yaml\n- web/settings.yaml\n'));
  });
});
