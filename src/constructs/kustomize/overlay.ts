import type { IConstruct } from 'constructs';
import { brand, hasBrand } from '../../app/brand';
import { Directory, type DirectoryProps } from '../../app/directory';

export interface OverlayProps extends DirectoryProps {
  /** The directories that it builds on. They may be overlays themselves. */
  readonly bases: readonly Directory[];
}

/**
 * A directory that takes in others and changes what they hold: one environment of a workload.
 *
 * @example
 * const production = new Overlay(app, 'production', { bases: [base], namespace: 'production', replicas: [{ name: 'server', count: 3 }] });
 * new StrategicMergePatch(production, 'resources', { of: k8s.KubeDeployment, patch: { metadata: { name: 'server' }, spec: … } });
 */
export class Overlay extends Directory {
  static isOverlay(value: unknown): value is Overlay {
    return hasBrand(value, 'Overlay');
  }

  readonly bases: readonly Directory[];

  constructor(scope: IConstruct, id: string, { bases, ...props }: OverlayProps) {
    super(scope, id, { ...props, resources: [...bases, ...(props.resources ?? [])] });
    brand(this, 'Overlay');
    this.bases = bases;
  }
}
