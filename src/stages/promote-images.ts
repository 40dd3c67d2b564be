import { listAt, textAt } from '../model/fields';
import { isKustomizationPath, kustomizationFile, type KustomizationFile } from '../model/kustomization-file';
import { imagesIn, isImageNamed } from '../model/kustomize/transformers';
import { Repository } from '../model/repository';
import { Walker } from '../model/walk';
import { pinsOf } from '../publish/pins/pin';
import { ManifestFile } from '../tree/file';
import { baseName } from '../tree/path';
import { sameVersion, versionIn, withImageVersion } from './carry-image';
import { heldNote } from './carry-patch';
import { isHeld } from './carry-pins';
import { isGenerated, type PromotionRun } from './promotion-run';

/** Gives the images of a kustomization.yaml the versions that they have in the one of the stage before. */
export function promoteImages(run: PromotionRun, from: KustomizationFile, to: KustomizationFile): void {
  const { services, draft, notes } = run;
  if (listAt(from.data, 'images').length === 0) return;
  const target = new Repository(draft.toTree()); // patches that were promoted may bring images
  for (const entry of listAt(from.data, 'images')) {
    const name = textAt(entry, 'name');
    const version = versionIn(entry);
    if (name === undefined || !services.include([name, baseName(name)]) || sameVersion(version, {}) || !hasImage(run.repository, from.directory, name)) continue;
    const text = draft.text(to.path)!;
    const file = ManifestFile.fromText(to.path, text);
    const { data } = kustomizationFile(to.path, file.documents[0]?.object);
    const index = listAt(data, 'images').findIndex((one) => textAt(one, 'name') === name);
    const present = index < 0 ? undefined : listAt(data, 'images')[index];
    if (present !== undefined && sameVersion(versionIn(present), version)) continue;
    if (!hasImage(target, to.directory, name)) {
      notes.push(`${to.directory} has no image ${name}, which ${from.path} gives a version`);
      continue;
    }
    if (present === undefined && textAt(entry, 'newName') !== undefined) {
      notes.push(`${from.path} gives ${name} the name ${textAt(entry, 'newName')!}, and ${to.path} says nothing of that image: add it to its images, with the name that it has there`);
      continue;
    }
    const pins = pinsOf(file).filter(({ path }) => index >= 0 && (path.startsWith(`images[${index}].`) || path.startsWith(`images[name=${name}].`)));
    const held = pins.filter(isHeld);
    if (held.length > 0) {
      notes.push(...held.map(heldNote));
      continue;
    }
    const result = withImageVersion(text, data, name, version);
    const isPinned = pins.length > 0 && Object.keys(version).every((field) => pins.some(({ path }) => path.endsWith(`.${field}`)));
    if (run.pinsAlone && !isPinned) continue;
    if (isGenerated(run, to.path) && !isPinned) {
      run.generated.push(to.path);
      continue;
    }
    draft.put(to.path, result);
    run.promoted.push(`${from.path} image ${name} ${version.newTag ?? version.digest!} → ${to.path}`);
  }
}

/** Whether a build has an image of a name, as far as that can be told: in what it is made from, or by an entry of `images`. */
function hasImage(repository: Repository, directory: string, name: string, walker = new Walker(repository)): boolean {
  const { files, missing, remote } = walker.walk(directory);
  if (missing.length + remote.length > 0) return true;
  const own = repository.kustomizations.get(directory);
  if (own?.isComponent === true) return [...repository.kustomizations.values()].some((one) => !one.isComponent && walker.walk(one.directory).files.has(own.path) && hasImage(repository, one.directory, name, walker)); // it acts on what takes it in
  return [...files].some((file) => repository.documentsIn(file).some(({ object }) => {
    const images = imagesIn(isKustomizationPath(file) ? undefined : object);
    const renamed = isKustomizationPath(file) ? listAt(object, 'images').flatMap((entry) => textAt(entry, 'newName') ?? []) : [];
    return images === undefined || [...images, ...renamed].some((image) => isImageNamed(image, name));
  }));
}
