import { Construct } from 'constructs';
import { brand } from '../../app/brand';
import { Directory } from '../../app/directory';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { FieldChecks } from '../../app/field-checks';
import { GitopsApp } from '../../app/gitops-app';
import { checkRule } from '../../sops/check-rule';
import { ruleFor, type SopsRule } from '../../sops/rule';
import { rulesFile } from '../../sops/rules-file';
import { ManifestFile, type File } from '../../tree/file';
import { generatedHeader } from '../../tree/header';

export interface SopsRulesProps {
  /** In order: the first that matches a file applies. */
  readonly rules: readonly SopsRule[];
}

const RULES = Symbol.for('fluxwright.SopsRules');

/**
 * `.sops.yaml`, which tells SOPS for whom to encrypt which values of which files: at the root of the tree, or in a directory
 * for the files below it. SOPS looks for it from the folder up that it is called in, so call it there or below.
 *
 * @example
 * new SopsRules(app, 'sops', { rules: [{ pathRegex: '\\.enc\\.yaml$', gcpKms: ['projects/shop/locations/global/keyRings/sops/cryptoKeys/sops'] }] });
 */
export class SopsRules extends Construct implements DirectoryContent {
  /** The rule for a file: of the nearest `.sops.yaml` up from it, which SOPS finds if it is called where the file lies. Ask in a model check. */
  static ruleFor(app: GitopsApp, path: string): SopsRule | undefined {
    const above = registryOf(app).filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`));
    const [nearest] = above.sort((a, b) => b.folder.length - a.folder.length);
    return nearest === undefined ? undefined : ruleFor(nearest.rules, nearest.folder === '' ? path : path.slice(nearest.folder.length + 1));
  }

  /** The folder of its file, from the root of the tree. */
  readonly folder: string;
  readonly rules: readonly SopsRule[];

  /** @throws UserError `value-invalid` for recipients that SOPS does not know, or a private key among them */
  constructor(scope: Construct, id: string, { rules }: SopsRulesProps) {
    super(scope, id);
    brand(this, 'SopsRules');
    declareContent(this);
    this.folder = Directory.around(this)?.path ?? '';
    this.rules = rules;
    const checks = new FieldChecks(this, 'SopsRules');
    rules.forEach((rule, index) => {
      for (const { problem, fix } of checkRule(rule)) checks.require(false, 'value-invalid', `rules[${index}] ${problem}`, fix);
    });
    checks.done();
    registryOf(GitopsApp.of(this)).push(this);
  }

  treeFiles(): readonly File[] {
    const path = this.folder === '' ? '.sops.yaml' : `${this.folder}/.sops.yaml`;
    return [ManifestFile.fromObjects(path, [rulesFile(this.rules)], [generatedHeader(GitopsApp.of(this).name, path)], { claimedBy: this.node.path })];
  }
}

function registryOf(app: GitopsApp): SopsRules[] {
  const holder = app as { [RULES]?: SopsRules[] };
  return (holder[RULES] ??= []);
}
