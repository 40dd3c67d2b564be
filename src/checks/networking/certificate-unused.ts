import { listAt, textAt } from '../../model/fields';
import type { Cluster } from '../../model/flux-kustomization';
import { isPlaceholder } from '../../model/set-aside';
import type { CheckContext } from '../check-context';
import { place } from '../graph/cluster-facts';
import { memoized } from '../memoized';
import { isSettledIn } from '../references/is-settled';
import { isOpen } from '../references/may-be-made';
import { isKind, SECRET } from '../references/object-reference';
import { isCopied } from '../references/produced';
import { referencesOfCluster } from '../references/references-of-cluster';
import { makersOf, releasesOf, subjectsOf } from '../references/subjects';
import type { Rule } from '../rule';

export const certificateUnused: Rule = {
  id: 'certificate-unused',
  severity: 'notice',
  why: 'A certificate whose Secret nothing uses is renewed for ever for nobody; more often its name is spelled in another way where it should be used.',
  example: `kind: Certificate
spec:
  secretName: web-tls # and the Ingress names "web-cert"`,
  fix: 'name its Secret where it is served, or take the Certificate out',
  link: 'https://cert-manager.io/docs/usage/certificate/',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const subject of subjectsOf(cluster)) {
        const { object, identity: { group, kind, name, namespace }, applier } = subject;
        const secret = textAt(object.data, 'spec.secretName');
        if (group !== 'cert-manager.io' || kind !== 'Certificate' || secret === undefined || namespace === undefined || isPlaceholder(`${secret}${name}${namespace}`)) continue;
        if (isCopied(object.data) || listAt(object.data, 'spec.additionalOutputFormats').length > 0 || !isSettledIn(context, subject, 'secretName')) continue;
        if (isOpen(context, cluster, namespace) || mayBeUsed(cluster, namespace, secret) || isNamed(context, [secret, `${namespace}/${name}`])) continue;
        yield {
          at: { object: { ...object, namespace }, path: ['spec', 'secretName'] },
          message: `makes the Secret ${namespace}/${secret}, which nothing in the tree names`,
          in: applier === undefined ? undefined : place(cluster, applier),
        };
      }
    }
  },
};

/** Whether a chart or a controller beside it may use it by a name of its own, or something does under a name with variables. */
function mayBeUsed(cluster: Cluster, namespace: string, secret: string): boolean {
  const isNear = ({ namespace: of }: { readonly namespace: string | undefined }): boolean => of === undefined || of === namespace;
  return releasesOf(cluster).some((release) => isNear(release) && release.names.some((name) => secret.includes(name) || name.includes(secret)))
    || makersOf(cluster).some(({ identity }) => isNear(identity))
    || referencesOfCluster(cluster).some(({ reference }) => isKind(reference.target, SECRET) && isPlaceholder(reference.name));
}

/** Whether a word stands anywhere in the tree but in Certificates. */
function isNamed(context: CheckContext, names: readonly string[]): boolean {
  const words = wordsOf(context);
  return names.some((name) => words.has(name));
}

const wordsOf = memoized(({ repository: { tree, objects } }: CheckContext): ReadonlySet<string> => {
  const certificates = new Map<string, Set<number>>();
  for (const { group, kind, file, line } of objects) {
    if (group === 'cert-manager.io' && kind === 'Certificate') certificates.set(file, (certificates.get(file) ?? new Set()).add(line));
  }
  const words = new Set<string>();
  for (const file of tree) {
    if (file.type !== 'manifests') continue;
    // alone, and with the namespace before it, as cert-manager.io/inject-ca-from names a Certificate
    for (const path of withoutDocuments(file.text, certificates.get(file.path)).split(/[^\w./-]+/)) {
      words.add(path);
      for (const word of path.split('/')) words.add(word);
    }
  }
  return words;
});

/** A file without the documents that begin at some lines. */
function withoutDocuments(text: string, lines: ReadonlySet<number> | undefined): string {
  if (lines === undefined) return text;
  let isLeftOut = false;
  return text.split('\n').filter((line, index) => {
    if (line.startsWith('---')) isLeftOut = false;
    if (lines.has(index + 1)) isLeftOut = true;
    return !isLeftOut;
  }).join('\n');
}
