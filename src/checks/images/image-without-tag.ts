import { containersOf } from '../../model/containers';
import { listAt, mapping, textAt, type Step } from '../../model/fields';
import { parseImage } from '../../tree/image-reference';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';
import { isPlaceholder } from '../placeholder';
import type { Report, Rule } from '../rule';

export const imageWithoutTag: Rule = {
  id: 'image-without-tag',
  severity: 'warning',
  why: 'An image without a tag, or with "latest", is another one tomorrow: nobody can tell from the tree what runs, and no rollback brings it back.',
  example: 'image: ghcr.io/shop/web:latest',
  fix: 'name a tag or a digest',
  link: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',

  *find(context) {
    const shortLived = new Map<string, Report[]>();
    for (const { name, kustomizations } of context.clusters) {
      for (const kustomization of kustomizations) {
        for (const object of kustomization.objects) {
          for (const { data, path } of containersOf(object)) {
            const image = textAt(data, 'image');
            if (image === undefined || image === '' || image === INJECTED || isPlaceholder(image)) continue;
            const { repository, tag, digest } = parseImage(image);
            if (digest !== undefined || (tag !== undefined && tag !== 'latest')) continue;
            if (!context.rendered && setByKustomize(context).has(repository)) continue;
            const report: Report = { at: { object, path: [...path, 'image'] }, message: `the image ${image} ${tag === undefined ? 'has no tag, which means "latest"' : 'is "latest"'}`, in: `${name}: ${kustomization.key}` };
            if (isShortLived(object.kind, path)) shortLived.set(image, [...(shortLived.get(image) ?? []), report]);
            else yield report;
          }
        }
      }
    }
    for (const reports of shortLived.values()) yield once(reports);
  },
};

/** The same image in many Jobs is told once. */
function once(reports: readonly Report[]): Report {
  const first = reports[0]!;
  const others = new Set(reports.map(({ at }) => JSON.stringify('object' in at ? [at.object.kind, at.object.namespace, at.object.name, at.path] : at))).size - 1;
  return { ...first, severity: 'notice', message: `${first.message}${others === 0 ? '' : `, here and in ${others} more place${others === 1 ? '' : 's'}`}` };
}

/** What runs once and ends: the next run may be another, but nothing that serves changes under its users. */
function isShortLived(kind: string, path: readonly Step[]): boolean {
  return kind === 'Job' || kind === 'CronJob' || path.includes('initContainers');
}

/** What Istio's injection replaces by the proxy of its own release. */
const INJECTED = 'auto';

/** The images whose tags kustomization files and Flux Kustomizations set somewhere, where nothing is rendered. */
const setByKustomize = memoized(({ repository, clusters }: CheckContext) => new Set([
  ...[...repository.kustomizations.values()].flatMap(({ data }) => listAt(data, 'images')),
  ...clusters.flatMap(({ kustomizations }) => kustomizations.flatMap(({ data }) => listAt(data, 'spec.images'))),
].map((image) => textAt(mapping(image), 'name') ?? '')));
