import { Construct } from 'constructs';
import { declareContent, type DirectoryContent } from '../../app/directory-content';
import type { Directory } from '../../app/directory';
import { GitopsApp } from '../../app/gitops-app';
import type { KustomizationFile, KustomizePatch, KustomizeTarget } from '../../app/kustomization-file';
import { UserError } from '../../errors';
import { ManifestFile, type File } from '../../tree/file';
import { generatedHeader } from '../../tree/header';

/** Where a patch is written. */
export interface PatchPlaceProps {
  /**
   * The patch's file, from its directory.
   * @default "<id>.yaml", so that the id says what the patch is for
   */
  readonly path?: string;

  /**
   * Whether the patch stands in kustomization.yaml itself instead of a file of its own. Markers cannot stand in it then.
   * @default false
   */
  readonly inline?: boolean;

  /**
   * Whether a target that selects nothing in particular is meant: the patch is applied to every object.
   * @default false
   */
  readonly everything?: boolean;
}

/** What both kinds of patches are: a file of their own and a line in kustomization.yaml, or some lines there. */
export abstract class Patch extends Construct implements DirectoryContent {
  protected constructor(
    scope: Construct,
    id: string,
    private readonly place: PatchPlaceProps,
    private readonly body: unknown,
    private readonly entry: { readonly target?: KustomizeTarget; readonly options?: KustomizePatch['options'] },
  ) {
    super(scope, id);
    declareContent(this);
    if (place.inline) this.text();
  }

  files(directory: Directory): readonly File[] {
    if (this.place.inline) return [];
    const path = directory.pathOf(this.path);
    return [ManifestFile.fromObjects(path, [this.body], [generatedHeader(GitopsApp.of(this).name, path)], { claimedBy: this.node.path })];
  }

  kustomization(): KustomizationFile {
    return { patches: [{ ...(this.place.inline ? { patch: this.text() } : { path: this.path }), ...this.entry }] };
  }

  private get path(): string {
    return this.place.path ?? `${this.node.id}.yaml`;
  }

  private text(): string {
    const file = ManifestFile.fromObjects(this.path, [this.body]);
    if (file.commented.length === 0) return file.text;
    throw new UserError('marker-misplaced', `${this.node.path} is inline and has a marker at ${file.commented[0]!.path}, where Flux cannot see it`, 'leave out inline: the patch gets a file of its own');
  }
}

export function patchInvalid(patch: string, problem: string, fix: string): UserError {
  return new UserError('patch-invalid', `${patch} ${problem}`, fix);
}
