import { findingsOf, type Files } from '../check-tree';
import { deployment, fleet } from './fleet';

const web = (tag: string): Files => fleet({ 'clusters/prod/web.yaml': deployment(`ghcr.io/shop/web:${tag} # {"$imagepolicy": "flux-system:web"}`) });

test('a tag that goes back under its marker will be raised again', async () => {
  expect(await findingsOf('marked-tag-lowered', web('1.4.0'), { base: web('1.10.0') })).toEqual([
    'clusters/prod/web.yaml:11 warning: the tag goes back from 1.10.0 to 1.4.0, and its ImagePolicy flux-system:web selects 1.10.0 again\n'
    + '  fix: hold it until the newer tag is mended: fluxwright pins hold FILE; or take the marker off, or narrow the policy',
  ]);
});

test('a tag that goes on is fine, and so is one that stays', async () => {
  expect(await findingsOf('marked-tag-lowered', web('1.10.0'), { base: web('1.4.0') })).toEqual([]);
  expect(await findingsOf('marked-tag-lowered', web('1.4.0'), { base: web('1.4.0') })).toEqual([]);
});
