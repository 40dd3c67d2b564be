import { UserError } from '../errors';
import { compareReleases, isBreaking, type ReleaseChanges } from '../releases/compare-releases';
import { readFluxInstall, type FluxInstall } from '../releases/flux-install';
import { readRelease } from '../releases/release';
import { changesText } from '../releases/report-text';
import { readHeader } from '../tree/header';
import { isVersion } from '../upstream/release-url';
import { sha256Of, verifyDigest } from '../upstream/upstream-cache';
import { visible } from '../visible';
import { ExitCode, type Terminal } from './command';
import { changesOf, diffOf, writeChanges, type FileChange } from './file-changes';
import { exportFlux } from './flux-export';
import { limitsOf, type OpenedUpstream } from './open-upstream';
import { refuseLosses } from './uncommitted';
import { briefly, refuseBreaking, type UpdateUpstream } from './update-upstream';

/** What `flux install --export` has written, as bootstrap does. */
interface Installed {
  readonly path: string;
  readonly bytes: Buffer;
  readonly install: FluxInstall;
}

/** Takes another version of Flux itself, with what each cluster has of it. */
export async function updateFlux(terminal: Terminal, opened: OpenedUpstream, asked: UpdateUpstream): Promise<ExitCode> {
  if (asked.url !== undefined) throw new UserError('usage', '--url is for releases; Flux comes from the flux command', 'leave it out');
  if (!isVersion(asked.version)) throw new UserError('usage', `${JSON.stringify(visible(asked.version))} is no version`, 'write it as Flux does, such as v2.7.0');
  const version = `v${asked.version.replace(/^v/, '')}`;
  const timeout = limitsOf(terminal, asked.timeout).timeoutMilliseconds!;
  const installed = findInstalled(opened);
  const files: FileChange[] = [];
  const all: ReleaseChanges[] = [];
  const reports: object[] = [];
  for (const { path, bytes, install } of installed) {
    const after = await exportFlux(terminal, [...install.parameters, `--version=${version}`], timeout);
    if (asked.sha256 !== undefined) verifyDigest(after, asked.sha256.toLowerCase(), 'what flux exports');
    const { objects } = readRelease(after, 'what flux exports');
    const exported = readFluxInstall(objects, after.toString('utf8')).version;
    if (exported !== version) throw new UserError('release-mismatch', `flux exports ${exported ?? 'no version'}, not ${version}`, 'install a flux of that version, or newer');
    const changes = compareReleases(opened.tree, { name: 'flux', path }, { url: `${path} as it is`, bytes }, { url: 'what flux exports', bytes: after });
    all.push(changes);
    files.push({ path, before: bytes, after });
    reports.push({ path, from: install.version ?? null, to: version, components: install.components, sha256: sha256Of(after), changes });
    if (asked.format === 'text') terminal.print(`${path}: Flux ${install.version ?? 'of an unknown version'} → ${version}\nsha256 ${sha256Of(after)}\n${changesText(changes)}`);
  }
  if (asked.format === 'json') terminal.print(JSON.stringify(reports, null, 2));

  const changed = changesOf(files);
  refuseLosses(opened.git, changed);
  if (asked.dryRun && asked.format === 'text' && changed.length > 0) terminal.print(diffOf(changed.map(briefly)));
  if (all.some(isBreaking) && !asked.acceptBreaking) return refuseBreaking(terminal, all);
  if (asked.dryRun || changed.length === 0) {
    terminal.say(changed.length === 0 ? `Flux ${version} is what there is` : 'nothing is written: --dry-run');
    return ExitCode.ok;
  }
  writeChanges(opened.root, changed);
  terminal.say(`written: ${changed.map(({ path }) => path).join(', ')}`);
  const minor = /^v(\d+\.\d+)/.exec(version)?.[1];
  terminal.say(`next: where a platform has the cluster, say fluxRelease: '${minor ?? version}' of it; then fluxwright diff, and commit`);
  return ExitCode.ok;
}

function findInstalled({ tree }: OpenedUpstream): Installed[] {
  const found = [...tree].flatMap((file): Installed[] => {
    if (file.type !== 'manifests' || !/(^|\/)gotk-components\.ya?ml$/.test(file.path) || readHeader(file.text) !== undefined || isEmpty(file.text)) return [];
    const { objects } = readRelease(file.bytes, file.path);
    const install = readFluxInstall(objects, file.text);
    return install.components.length === 0 ? [] : [{ path: file.path, bytes: file.bytes, install }];
  });
  if (found.length > 0) return found;
  throw new UserError('reference-invalid', 'no gotk-components.yaml holds Flux', 'bootstrap it first: fluxwright plan prints the command; or lock a release called flux: fluxwright upstream add URL --name flux');
}

/** A placeholder, until bootstrap has written the file. */
function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|---\s*$|$)/.test(line));
}
