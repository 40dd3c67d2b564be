import type { BuiltObject } from '../model/kustomize/built-object';
import { KustomizeModel } from '../model/kustomize/kustomize-model';
import type { Repository } from '../model/repository';
import type { SourceObject } from '../model/source-object';
import { mayHoldPins } from '../publish/pins/pin';
import { readHeader } from '../tree/header';
import { canonical } from './canonical';
import { recipientsOfText } from './encrypted-patch';
import { overlayPatches, settingsOf, type OverlayPatch } from './overlay-patch';
import { isInside } from './stage-pair';
import { isStatic } from './static-files';

/** A patch that several overlays have. */
export interface SharedPatch {
  /** By the directory of the overlay. */
  readonly uses: ReadonlyMap<string, OverlayPatch>;
  /** The objects of bases that it changes. */
  readonly sources: readonly SourceObject[];
  /** Why it has to stay where it is, if it has to. */
  readonly reason: string | undefined;
}

/** The promotable patches that overlays have in common, in the order in which the first overlay applies them. */
export function sharedPatches(repository: Repository, overlays: readonly string[]): SharedPatch[] {
  const groups = new Map<string, Map<string, OverlayPatch>>();
  for (const directory of overlays) {
    const own = overlayPatches(repository, repository.kustomizations.get(directory)!);
    for (const one of own.filter(({ file }) => isInside(directory, file) && !isStatic(file.slice(directory.length)))) {
      const key = canonical([one.patch.operations ?? one.patch.parts, settingsOf(one)]);
      groups.set(key, (groups.get(key) ?? new Map<string, OverlayPatch>()).set(directory, one));
    }
  }
  const model = new KustomizeModel(repository);
  for (const directory of overlays) model.build(directory);
  return [...groups.values()].map((uses): SharedPatch => {
    const files = new Set([...uses.values()].map(({ file }) => file));
    const hits = model.notes.flatMap((note) => (note.type === 'patch' && note.owner === 'directory' && note.patch.file !== undefined && files.has(note.patch.file) ? note.hits : []));
    const sources = [...new Map(hits.flatMap(({ source }) => (source === undefined ? [] : [[`${source.file}\0${source.document}\0${source.item ?? ''}`, source]]))).values()];
    return { uses, sources, reason: reasonToStay(repository, uses, sources, hits) };
  });
}

function reasonToStay({ tree, kustomizations }: Repository, uses: ReadonlyMap<string, OverlayPatch>, sources: readonly SourceObject[], hits: readonly BuiltObject[]): string | undefined {
  const texts = [...uses.values()].map(({ file }) => ({ file, text: tree.get(file)!.bytes.toString('utf8') }));
  if (texts.some(({ text }) => mayHoldPins(text))) return 'it has a marker, and so a value that each stage has for itself';
  if (texts.some(({ file, text }) => recipientsOfText(file, text) !== undefined)) return 'it is encrypted';
  if (hits.length === 0) return 'what it changes is not known without a build';
  if (hits.some(({ source }) => source === undefined)) return 'it changes what no file of a base holds';
  const inOverlay = sources.find(({ file }) => [...uses.keys()].some((directory) => isInside(directory, file)));
  if (inOverlay !== undefined) return `it changes ${inOverlay.file}, which is of the overlay itself`;
  const odd = sources.find(({ item, encrypted }) => item !== undefined || encrypted);
  if (odd !== undefined) return `${odd.file} is ${odd.encrypted ? 'encrypted' : 'a list of objects'}`;
  const written = [...sources.map(({ file }) => file), ...texts.map(({ file }) => file), ...[...uses.keys()].map((directory) => kustomizations.get(directory)!.path)];
  const generated = written.find((file) => readHeader(tree.get(file)!.bytes.toString('utf8')) !== undefined);
  return generated === undefined ? undefined : `${generated} is generated: change the constructs, and then fluxwright synth`;
}
