import { declareContent, type DirectoryContent } from '../../app/directory-content';
import { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { variablesIn } from '../../app/names';
import { UserError } from '../../errors';
import { ApiResource, type ApiResourceProps } from '../api-resource';
import { kustomizationsApplying } from '../flux/kustomizations-applying';
import type { LiveCluster } from './live-cluster';

/**
 * An object that somebody applies by hand when it is needed: a file that no kustomization.yaml lists, whose first lines
 * say so, what applying it does, and how.
 */
export abstract class UnsyncedResource extends ApiResource implements DirectoryContent {
  /** @throws UserError `wrong-scope` in a YamlFile, `value-invalid` without a namespace */
  protected constructor(scope: Directory, id: string, kind: string, protected readonly cluster: LiveCluster, props: ApiResourceProps) {
    // no kustomization.yaml adds a namespace to this file
    super(scope, id, 'postgresql.cnpg.io/v1', kind, { ...props, namespace: props.namespace ?? cluster.namespace ?? Directory.around(scope)?.targetNamespace });
    declareContent(this);
    if (!Directory.isDirectory(scope)) {
      throw new UserError('wrong-scope', `${kind} "${this.node.path}" is applied by hand and lies in a file or construct that Flux applies`, 'put it directly into a Directory');
    }
    addModelCheck(this, () => this.appliedByFlux(scope));
    if (this.namespace === undefined) {
      throw new UserError('value-invalid', `${kind} "${this.node.path}" is applied by hand and has no namespace`, 'write namespace: …, or set it in the directory of the cluster');
    }
  }

  /** Where there is no kustomization.yaml, Flux applies whatever lies in a path. */
  private appliedByFlux(directory: Directory): UserError[] {
    const [first] = directory.hasKustomization ? [] : kustomizationsApplying(directory);
    if (first === undefined) return [];
    return [new UserError('wrong-scope', `${this.kind} "${this.node.path}" is applied by hand, and FluxKustomization "${first.node.path}" applies all of ${directory.path}, which has no kustomization.yaml`, 'put it into another directory, or leave out hasKustomization: false')];
  }

  /** Refuses what Flux would substitute and kubectl does not. */
  protected checkSubstituted(checks: FieldChecks, value: unknown): FieldChecks {
    const declared = [this, this.cluster].flatMap((construct) => Directory.around(construct)?.variables ?? []);
    const variables = [...new Set(variablesIn(JSON.stringify([this.name, this.namespace, value])))].filter((name) => declared.includes(name));
    return checks.require(variables.length === 0, 'value-invalid', `has the variable ${variables.join(', ')}, which nobody substitutes in a file that is applied by hand`, 'derive it from a cluster that has values instead');
  }

  /** What applying it does, and how: comment lines. */
  protected abstract instructions(): readonly string[];

  /** The file, from the root of the repository. */
  protected get file(): string {
    return Directory.of(this).pathOf(this.fileName());
  }

  fileName(): string {
    return `${this.node.id}.yaml`;
  }

  isListed(): boolean {
    return false;
  }

  comments(): readonly string[] {
    return ['Not synced by Flux: nothing lists this file. Apply it by hand when it is needed.', ...this.instructions()];
  }
}
