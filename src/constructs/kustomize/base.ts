import type { IConstruct } from 'constructs';
import { brand, hasBrand } from '../../app/brand';
import { Directory, type DirectoryProps } from '../../app/directory';

/**
 * A directory that is applied only through overlays: what all environments of a workload have in common.
 *
 * @example
 * const base = new Base(app, 'base');
 * new k8s.KubeDeployment(base, 'deployment', { metadata: { name: 'server' }, spec: … });
 * new Overlay(app, 'production', { bases: [base], namespace: 'production' });
 */
export class Base extends Directory {
  static isBase(value: unknown): value is Base {
    return hasBrand(value, 'Base');
  }

  constructor(scope: IConstruct, id: string, props: DirectoryProps = {}) {
    super(scope, id, props);
    brand(this, 'Base');
  }
}
