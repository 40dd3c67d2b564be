import { listAt, textAt } from '../model/fields';
import { isRemote } from '../model/kustomization-file';
import { componentsOf } from '../plan/bootstrap/components';
import { entryOf } from '../plan/bootstrap/entry';
import { findPins } from '../pins/find-pins';
import { shellWord } from '../publish/shell-word';
import { baseName } from '../tree/path';
import { locationOf, parseLock } from '../upstream/lock-file';
import { LOCK_NAME } from '../upstream/release-url';
import { code, section, shell, table } from './markdown';
import { running, type Platform, type Running } from './platform';

/** The releases of others that the platform stands on, and how each gets another version. */
export function upgrades({ context }: Platform): string[] {
  const { repository, clusters } = context;
  const used = new Set(clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ files }) => [...files])));
  const remote = [...repository.kustomizations.values()].filter(({ path }) => used.has(path)).flatMap(({ path, data }) => [...listAt(data, 'resources'), ...listAt(data, 'components')].flatMap((one) => (typeof one === 'string' && isRemote(one) ? [{ path, url: one }] : [])));
  const locked = [...repository.tree].filter(({ path }) => baseName(path) === LOCK_NAME).flatMap((file) => parseLock(file.bytes.toString('utf8'), file.path).map((release) => [code(release.name), code(release.version), code(locationOf(release)), release.path === undefined ? '' : code(release.path)]));
  const pinned = new Set(findPins(repository.tree).pins.map(({ file, path }) => `${file} ${path}`));
  const objects = running(context);
  const charts = objects.filter(({ object: { group, kind } }) => group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease').map((release) => {
    const { object: { name }, namespace } = release;
    const { chart, version, file, field } = chartOf(release, objects);
    return [code(`${namespace}/${name}`), code(chart), pinned.has(`${file} ${field}`) ? 'set by image automation' : version === undefined ? '' : code(version), code(file)];
  });
  const postgres = objects.filter(({ object: { group, kind } }) => group === 'postgresql.cnpg.io' && kind === 'Cluster').flatMap(({ object: { data, source, name }, namespace, kustomization }) => {
    const image = textAt(data, 'spec.imageName')?.replace(/(:[^/:]*)?(@.*)?$/, '');
    return image === undefined ? [] : [[code(`${namespace}/${name}`), code(image), code(source?.file ?? kustomization.path ?? '')]];
  });
  const versions = clusters.map((cluster) => {
    const entry = entryOf(cluster, repository);
    const manifests = entry.by === 'flux-bootstrap' && entry.sync?.object.source !== undefined ? entry.sync.object.source.file.replace(/gotk-sync\.yaml$/, 'gotk-components.yaml') : undefined;
    return { manifests, components: componentsOf(cluster, repository, manifests) };
  });
  const flux = versions.flatMap(({ manifests, components: { extra, usual } }) => (manifests === undefined ? [] : [`flux install${usual === undefined ? '' : ` --components=${usual.join(',')}`}${extra.length === 0 ? '' : ` --components-extra=${extra.join(',')}`} --export > ${shellWord(manifests)}`]));
  return section('Upgrades',
    ...(flux.length === 0 ? [] : ['Flux: with the command line of the new release, then commit.', shell('flux --version', ...new Set(flux))]),
    ...(remote.length + locked.length === 0 ? [] : ['Releases of others. `update` says what another version breaks here, before it writes:']),
    ...table(['locked release', 'version', 'from', 'kept in'], locked),
    ...table(['release that kustomize fetches', 'named in'], remote.map(({ path, url }) => [code(url), code(path)])),
    ...(remote.length + locked.length === 0 ? [] : [shell('fluxwright upstream list', 'fluxwright upstream update NAME VERSION')]),
    ...(charts.length === 0 ? [] : ['Charts: change the version, then look at what that does.', ...table(['HelmRelease', 'chart', 'version', 'in'], charts)]),
    ...(postgres.length === 0 ? [] : ['Postgres: `spec.imageName`. A minor version restarts the instances one by one; a major one is a plan of its own, and begins with a backup.', ...table(['database', 'image', 'first written in'], postgres)]),
  );
}

interface Chart {
  readonly chart: string;
  readonly version: string | undefined;
  /** Where the version stands. */
  readonly file: string;
  readonly field: string;
}

/** What a release is made from: as it says itself, or as the source of its chart does. */
function chartOf({ object: { data, source: own }, namespace, cluster }: Running, objects: readonly Running[]): Chart {
  const [kind, name, where = namespace] = ['kind', 'name', 'namespace'].map((field) => textAt(data, `spec.chartRef.${field}`));
  const found = name === undefined ? undefined : objects.find((one) => one.cluster === cluster && one.object.kind === kind && one.object.name === name && one.namespace === where)?.object;
  if (found === undefined) return { chart: textAt(data, 'spec.chart.spec.chart') ?? name ?? '?', version: textAt(data, 'spec.chart.spec.version'), file: own?.file ?? '', field: 'spec.chart.spec.version' };
  const field = ['spec.ref.tag', 'spec.ref.semver', 'spec.version'].find((path) => textAt(found.data, path) !== undefined) ?? '';
  return { chart: textAt(found.data, 'spec.url') ?? textAt(found.data, 'spec.chart') ?? found.name, version: textAt(found.data, field), file: found.source?.file ?? '', field };
}
