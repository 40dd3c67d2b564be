import { Directory, GitopsApp, lockedRelease, UpstreamManifest } from 'fluxwright';
import { sha256Of } from '../../../src/upstream/upstream-cache';
import { folderWith } from '../../folders';
import { widgets } from '../../releases/widgets';
import { textsOf } from '../../trees';

const digest = sha256Of(Buffer.from(widgets()));
const lock = (more = ''): string => `releases:
  widgets:
    version: v1.0.0
    url: https://example.com/{version}/widgets-{number}.yaml
    sha256: ${digest}
    crds:
      - {name: widgets.shop.example.com, kind: Widget, versions: [v1]}
${more}`;

function operator(files: Record<string, string>) {
  const app = new GitopsApp({ name: 'shop', root: folderWith(files) });
  return { app, directory: new Directory(app, 'operator') };
}

test('a release is what the lock file says of it, the definitions that it brings included', () => {
  const { app, directory } = operator({ 'upstream.lock.yaml': lock() });

  const manifest = new UpstreamManifest(directory, 'widgets', { ...lockedRelease(directory, 'widgets'), remote: true });

  expect(textsOf(app)['k8s/operator/kustomization.yaml']).toContain('resources:\n  - https://example.com/v1.0.0/widgets-1.0.0.yaml\n');
  expect([manifest.version, manifest.sha256, manifest.provides]).toEqual(['v1.0.0', digest, ['widgets.shop.example.com']]);
});

test('its copy in the repository is where the release comes from', () => {
  const { app, directory } = operator({ 'locks/upstream.lock.yaml': lock('    path: vendor/widgets.yaml\n'), 'locks/vendor/widgets.yaml': widgets() });

  new UpstreamManifest(directory, 'widgets', lockedRelease(directory, 'widgets', 'locks/upstream.lock.yaml'));

  expect(textsOf(app)['k8s/operator/widgets.yaml']).toBe(widgets());
});

test('a release that is not locked is refused, with the nearest one that is', () => {
  const { directory } = operator({ 'upstream.lock.yaml': lock() });
  const { directory: without } = operator({});

  expect(() => lockedRelease(directory, 'widget')).toThrow('upstream.lock.yaml locks no release "widget"\n  fix: write "widgets"');
  expect(() => lockedRelease(without, 'widgets')).toThrow('there is no upstream.lock.yaml at the app\'s root that would lock the release "widgets"\n  fix: lock it: fluxwright upstream add URL');
});

test('a lock file that says what nobody reads is refused', () => {
  const { directory } = operator({ 'upstream.lock.yaml': lock('    digest: abc\n') });

  expect(() => lockedRelease(directory, 'widgets')).toThrow('upstream.lock.yaml:8 has "digest", which nobody reads\n  fix: ');
});

test('a file in an archive is copied, and never listed', () => {
  const { directory } = operator({});
  const bundle = { url: 'https://example.com/1.0.0/bundle.tar.gz#widgets.yaml', version: '1.0.0', sha256: digest, remote: true };

  expect(() => new UpstreamManifest(directory, 'widgets', bundle)).toThrow('UpstreamManifest "operator/widgets" is remote and has url "https://example.com/1.0.0/bundle.tar.gz#widgets.yaml", a file in an archive, which kustomize does not unpack\n  fix: leave out "remote"');
});
