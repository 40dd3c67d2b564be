import { Directory, EncryptedFile, Overlay, type Base, type KustomizeTarget } from 'fluxwright';
import type { Layer, Stage } from './layer';

export interface AppStageProps {
  /** Where it lives in this stage. @default where the base does */
  readonly namespace?: string;
  /** Whether the stage runs it, or only keeps it ready to. @default true */
  readonly included?: boolean;
  /** Whether its Deployments have no replicas. @default false */
  readonly parked?: boolean;
}

/** Files of a stage that SOPS encrypted, by their names without `.enc.yaml`. */
export interface EncryptedFiles {
  /** Parts of the base's objects; those of Flux's by kind, since their versions move. */
  readonly patches?: readonly (string | KustomizeTarget & { readonly kind: string })[];
  /** Objects that only the stage has. */
  readonly resources?: readonly string[];
}

/** What a stage makes of an app: an overlay of its base. */
export class AppStage {
  readonly overlay: Overlay;

  constructor(private readonly layer: Layer, private readonly stage: Stage, base: Base, readonly props: AppStageProps) {
    const { namespace = base.targetNamespace } = props;
    this.overlay = new Overlay(layer.stage(stage), base.node.id, { bases: [base], namespace });
    if (this.isIncluded) this.include(this.overlay);
  }

  get isIncluded(): boolean {
    return this.props.included ?? true;
  }

  /** Has these Deployments, and no pods of them. */
  park(...deployments: readonly string[]): void {
    this.overlay.addToKustomization({ replicas: deployments.map((name) => ({ name, count: 0 })) });
  }

  /** What the stage keeps to itself. */
  encrypted({ patches = [], resources = [] }: EncryptedFiles): void {
    for (const patch of patches) {
      if (typeof patch === 'string') new EncryptedFile(this.overlay, `${patch}.enc`, { isPatch: true });
      else new EncryptedFile(this.overlay, `${patch.kind.toLowerCase()}.enc`, { target: patch });
    }
    for (const id of resources) new EncryptedFile(this.overlay, `${id}.enc`);
  }

  /** A directory of the stage's own, in the same namespace. */
  beside(name: string, { resources = [] }: EncryptedFiles): Directory {
    const directory = new Directory(this.layer.stage(this.stage), name, { namespace: this.overlay.targetNamespace });
    this.include(directory);
    for (const id of resources) new EncryptedFile(directory, `${id}.enc`);
    return directory;
  }

  private include(directory: Directory): void {
    const parent = this.layer.stage(this.stage);
    parent.addToKustomization({ resources: [parent.reference(directory)] });
  }
}
