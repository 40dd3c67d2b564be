import { at, isMapping, listAt, mapping, mappingAt, textAt, textsAt, type Data, type Step } from '../fields';
import { isRemote, resolveTarget, type KustomizationFile } from '../kustomization-file';
import type { Repository } from '../repository';
import { isPlaceholder } from '../set-aside';
import { type SourceObject } from '../source-object';
import { generatedResources } from '../walk';
import type { AppliedObject } from '../applied-object';
import type { BuildNote, BuildOwner } from './build-notes';
import type { BuiltObject, Written } from './built-object';
import { UNSEEN } from './json-operations';
import { PatchRun } from './patch-run';
import { effectiveNamespace, hasName } from './patch-target';
import { patchesIn } from './patches';
import { affixed, hasReplicas, imagesIn, isImageNamed, labelled, moved, scaled } from './transformers';

/** What a build has come to. */
interface Stage {
  readonly objects: readonly BuiltObject[];
  /** Whether these are all: nothing comes from a URL, a plugin or a file that cannot be read. */
  readonly isComplete: boolean;
  /** Images that are called so by an entry of `images`. */
  readonly newNames: readonly string[];
  /** Whether `configurations` say where there are more images and names. */
  readonly isConfigured: boolean;
}

const EMPTY: Stage = { objects: [], isComplete: true, newNames: [], isConfigured: false };
const UNKNOWN: Stage = { ...EMPTY, isComplete: false };

/** What Flux adds to the kustomization.yaml at the path of a Flux Kustomization. */
interface Settings {
  readonly data: Data;
  readonly directory: string;
  readonly place: (path: readonly Step[]) => Written;
}

/**
 * Follows what kustomize does with the directories of a repository, as far as that shows without building them: which object
 * has which name at which point, and which patches, images and generators find what they are for. Values that depend on
 * more than that are left open.
 */
export class KustomizeModel {
  readonly notes: BuildNote[] = [];
  private readonly built = new Map<string, Stage>();
  private directory = '';

  constructor(private readonly repository: Repository) {}

  /** Builds a directory, once. */
  build(directory: string): Stage {
    const known = this.built.get(directory);
    if (known !== undefined) return known;
    this.built.set(directory, UNKNOWN); // what leads back to itself is not ours to tell
    const stage = this.buildAs(directory, undefined);
    this.built.set(directory, stage);
    return stage;
  }

  /** Builds what a Flux Kustomization applies, with what its spec adds. */
  applyFlux(directory: string, kustomization: AppliedObject): void {
    this.buildAs(directory, { data: mappingAt(kustomization.data, 'spec'), directory, place: (path) => ({ object: kustomization, path: ['spec', ...path] }) });
  }

  private buildAs(directory: string, flux: Settings | undefined): Stage {
    const outer = this.directory;
    this.directory = directory;
    const own = this.repository.kustomizations.get(directory);
    const stage = own === undefined ? this.generated(directory, flux) : this.assemble(own, EMPTY, 'directory', flux);
    this.directory = outer;
    return stage;
  }

  private generated(directory: string, flux: Settings | undefined): Stage {
    const resources = generatedResources(this.repository, directory).map((path) => `/${path}`);
    return this.assemble({ path: directory === '' ? 'kustomization.yaml' : `${directory}/kustomization.yaml`, directory: '', isComponent: false, data: { resources } }, EMPTY, 'directory', flux);
  }

  private assemble(kustomization: KustomizationFile, before: Stage, owner: BuildOwner, flux?: Settings): Stage {
    const { data, path: file, directory } = kustomization;
    const place = (path: readonly Step[]): Written => ({ file, path });
    let stage = this.addResources(before, kustomization, owner);
    if (OPAQUE.some((field) => at(data, field) !== undefined)) stage = { ...stage, isComplete: false };
    stage = this.generate(stage, data, place, owner);
    const components = textsAt(data, 'components').map((target) => ({ directory, target }));
    for (const component of [...components, ...textsAt(flux?.data, 'components').map((target) => ({ directory: flux!.directory, target }))]) stage = this.addComponent(stage, component.directory, component.target);
    if (at(data, 'configurations') !== undefined) stage = { ...stage, isConfigured: true };

    stage = this.patch(stage, 'patchesStrategicMerge', { data, directory, place }, owner);
    stage = this.patch(stage, 'patches', { data, directory, place }, owner);
    if (flux !== undefined) for (const field of ['patches', 'patchesStrategicMerge'] as const) stage = this.patch(stage, field, flux, 'flux');
    stage = this.move(stage, textAt(flux?.data, 'targetNamespace') ?? textAt(data, 'namespace'), place(['namespace']), owner);
    const [prefix, suffix] = (['namePrefix', 'nameSuffix'] as const).map((field) => textAt(flux?.data, field) ?? textAt(data, field) ?? '') as [string, string];
    if (prefix + suffix !== '') stage = { ...stage, objects: stage.objects.map((object) => affixed(object, prefix, suffix)) };
    if (LABELLING.some((field) => at(data, field) !== undefined)) stage = { ...stage, objects: stage.objects.map((object) => labelled(object, data)) };
    stage = this.patch(stage, 'patchesJson6902', { data, directory, place }, owner);
    if (flux !== undefined) stage = this.patch(stage, 'patchesJson6902', flux, 'flux');
    stage = this.scale(stage, data, place, owner);
    stage = this.replaceImages(stage, data, place, owner);
    if (flux !== undefined) stage = this.replaceImages(stage, flux.data, flux.place, 'flux');
    if (listAt(data, 'replacements').length + listAt(data, 'transformers').length === 0) return stage;
    return { ...stage, isComplete: stage.isComplete && listAt(data, 'transformers').length === 0, objects: stage.objects.map((object) => ({ ...object, data: UNSEEN })) };
  }

  private resource(directory: string, target: string): Stage {
    const path = isRemote(target) ? undefined : resolveTarget(directory, target);
    if (path === undefined) return UNKNOWN;
    if (!this.repository.tree.has(path)) {
      const kustomization = this.repository.kustomizations.get(path);
      return kustomization === undefined || kustomization.isComponent ? UNKNOWN : this.build(path);
    }
    const objects = this.repository.objectsIn(path);
    // one without objects has yet to be filled, as bootstrap does with its own
    const isReadable = this.repository.tree.get(path)?.type === 'manifests' && this.repository.errorIn(path) === undefined;
    return { ...EMPTY, objects: objects.map(builtObject), isComplete: isReadable && objects.length > 0 && !objects.some(({ name, kind }) => name === '' || /^ENC\[/.test(name) || isPlaceholder(kind)) };
  }

  private addComponent(stage: Stage, directory: string, target: string): Stage {
    const path = isRemote(target) ? undefined : resolveTarget(directory, target);
    const component = path === undefined ? undefined : this.repository.kustomizations.get(path);
    return component?.isComponent === true ? this.assemble(component, stage, 'component') : { ...stage, isComplete: false };
  }

  private addResources(before: Stage, { data, directory, path: file }: KustomizationFile, owner: BuildOwner): Stage {
    const parts = ['resources', 'bases'].flatMap((field) => textsAt(data, field).map((target, index) => ({ part: this.resource(directory, target), at: { file, path: [field, index] } })));
    const objects = [...before.objects];
    const known = new Map(objects.map((object) => [keyOf(object), object]));
    for (const { part, at } of parts) {
      for (const object of part.objects) {
        const key = keyOf(object);
        const first = known.get(key);
        if (first !== undefined) this.notes.push({ type: 'twice', directory: this.directory, owner, at, object, first });
        else {
          known.set(key, object);
          objects.push(object);
        }
      }
    }
    const stages = [before, ...parts.map(({ part }) => part)];
    return {
      objects,
      isComplete: stages.every(({ isComplete }) => isComplete),
      newNames: stages.flatMap(({ newNames }) => newNames),
      isConfigured: stages.some(({ isConfigured }) => isConfigured),
    };
  }

  private generate(stage: Stage, data: Data, place: Settings['place'], owner: BuildOwner): Stage {
    let { objects } = stage;
    for (const [field, kind] of [['configMapGenerator', 'ConfigMap'], ['secretGenerator', 'Secret']] as const) {
      for (const [index, entry] of listAt(data, field).entries()) {
        const name = textAt(entry, 'name');
        if (name === undefined) continue;
        const namespace = textAt(entry, 'namespace');
        const behavior = textAt(entry, 'behavior') ?? 'create';
        const merges = behavior === 'merge' || behavior === 'replace';
        const same = objects.find((one) => one.group === '' && one.kind === kind && hasName(one, name, namespace));
        if (merges ? same === undefined && stage.isComplete : same !== undefined) {
          this.notes.push({ type: 'generator', directory: this.directory, owner, at: place([field, index]), kind, name, namespace, behavior, exists: same !== undefined, candidates: objects.filter((one) => one.kind === kind) });
        }
        if (same !== undefined) objects = objects.map((one) => (one === same ? { ...one, data: UNSEEN } : one));
        else objects = [...objects, { group: '', version: 'v1', kind, ids: [{ name, namespace }], data: generatedData(kind, name, namespace, data, entry), source: undefined }];
      }
    }
    return { ...stage, objects };
  }

  private patch(stage: Stage, field: 'patches' | 'patchesStrategicMerge' | 'patchesJson6902', { data, directory, place }: Settings, owner: BuildOwner): Stage {
    if (at(data, field) === undefined) return stage;
    const run = new PatchRun(stage.objects, stage.isComplete);
    for (const patch of patchesIn(data, field, place, directory, this.repository)) run.apply(patch);
    for (const note of run.notes) this.notes.push({ ...note, directory: this.directory, owner });
    return { ...stage, objects: run.objects, isComplete: run.isComplete };
  }

  private move(stage: Stage, namespace: string | undefined, at: Written, owner: BuildOwner): Stage {
    if (namespace === undefined || namespace === '') return stage;
    const seen = new Map<string, BuiltObject>();
    const objects = stage.objects.map((object) => {
      const result = moved(object, namespace);
      const key = keyOf(result);
      const other = seen.get(key);
      if (other === undefined) seen.set(key, object);
      else this.notes.push({ type: 'clash', directory: this.directory, owner, at, namespace, objects: [other, object] });
      return result;
    });
    return { ...stage, objects };
  }

  private scale(stage: Stage, data: Data, place: Settings['place'], owner: BuildOwner): Stage {
    if (at(data, 'replicas') === undefined) return stage;
    let { objects } = stage;
    listAt(data, 'replicas').forEach((entry, index) => {
      const name = textAt(entry, 'name');
      const candidates = objects.filter(hasReplicas);
      const isFound = candidates.some(({ ids }) => ids.some((id) => id.name === name));
      if (name !== undefined && !isFound && stage.isComplete && !stage.isConfigured) this.notes.push({ type: 'replicas', directory: this.directory, owner, at: place(['replicas', index, 'name']), name, candidates });
      objects = objects.map((object) => scaled(object, entry));
    });
    return { ...stage, objects };
  }

  private replaceImages(stage: Stage, data: Data, place: Settings['place'], owner: BuildOwner): Stage {
    const entries = listAt(data, 'images');
    if (entries.length === 0) return stage;
    const perObject = stage.objects.map((object) => imagesIn(object.data));
    const images = perObject.flatMap((one) => [...(one ?? [])]);
    const isOpen = !stage.isComplete || stage.isConfigured || perObject.includes(undefined);
    const newNames = [...stage.newNames];
    entries.forEach((entry, index) => {
      const name = textAt(entry, 'name');
      if (name === undefined) return;
      const isFound = [...images, ...newNames].some((image) => isImageNamed(image, name));
      this.notes.push({ type: 'image', directory: this.directory, owner, at: place(['images', index, 'name']), name, isFound: isFound || isOpen, images });
      const newName = textAt(entry, 'newName');
      if (newName !== undefined) newNames.push(newName);
    });
    return { ...stage, newNames };
  }
}

const LABELLING = ['labels', 'commonLabels', 'commonAnnotations'];

/** Fields by which plugins bring objects. */
const OPAQUE = ['generators', 'helmCharts', 'helmChartInflationGenerator'];

function builtObject(source: SourceObject): BuiltObject {
  const { apiVersion, group, kind, name, namespace, data } = source;
  return { group, version: apiVersion.slice(group === '' ? 0 : group.length + 1), kind, ids: [{ name, namespace }], data, source };
}

function generatedData(kind: string, name: string, namespace: string | undefined, settings: Data, entry: unknown): Data {
  const hasLabels = isMapping(settings['generatorOptions']) || isMapping(mapping(entry)['options']);
  return { apiVersion: 'v1', kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }), ...(hasLabels ? { labels: UNSEEN, annotations: UNSEEN } : {}) }, data: UNSEEN };
}

function keyOf({ group, version, kind, ids }: BuiltObject): string {
  const { name, namespace } = ids.at(-1)!;
  return `${group}/${version}/${kind}/${effectiveNamespace(kind, namespace)}/${name}`;
}
