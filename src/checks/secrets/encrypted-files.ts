import { nearestRule } from '../../sops/nearest-rule';
import { readSopsRules } from '../../sops/read-rules';
import type { SopsRule } from '../../sops/rule';
import type { File } from '../../tree/file';
import { baseName } from '../../tree/path';
import type { CheckContext } from '../check-context';
import { memoized } from '../memoized';

/** Larger files are data of other kinds. */
const MOST_BYTES = 2 * 1024 * 1024;

/** The files of the tree that SOPS has encrypted, or that look so, by path. */
export const encryptedFilesOf = memoized(({ repository: { tree } }: CheckContext): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const file of tree) {
    if (!isText(file) || baseName(file.path) === '.sops.yaml') continue;
    const text = textOf(file);
    if (/^sops:|^"?sops_(mac|version|lastmodified)|^\s*"sops":|^\[sops\]/m.test(text) || /ENC\[AES256_GCM,data:[^,\s]*,iv:/.test(text)) found.set(file.path, text);
  }
  return found;
});

export interface ApplyingRule {
  readonly rule: SopsRule;
  /** The `.sops.yaml` that it stands in. */
  readonly file: string;
}

/** The rule of the nearest `.sops.yaml` for a file. */
export function sopsRuleFor(context: CheckContext, path: string): ApplyingRule | undefined {
  const rules = rulesFilesOf(context);
  const { rule, file = '' } = nearestRule(path, (one) => rules.get(one)) ?? {};
  return rule === undefined ? undefined : { rule, file };
}

const rulesFilesOf = memoized(({ repository: { tree } }: CheckContext): ReadonlyMap<string, readonly SopsRule[]> => new Map(
  [...tree].filter(({ path }) => baseName(path) === '.sops.yaml').map((file) => [file.path, readSopsRules(textOf(file))]),
));

export function textOf(file: File): string {
  return file.type === 'manifests' ? file.text : file.bytes.toString('utf8');
}

/** Whether a file may hold text that a person wrote, or SOPS. */
export function isText(file: File): boolean {
  if (file.type === 'manifests') return true;
  return !/\.(png|jpe?g|gif|ico|svgz?|woff2?|ttf|eot|pdf|zip|gz|tgz|bz2|xz|jar|lock|[jt]sx?)$/i.test(file.path) && file.bytes.length <= MOST_BYTES && !file.bytes.subarray(0, 8192).includes(0);
}
