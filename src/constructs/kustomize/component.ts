import type { IConstruct } from 'constructs';
import { brand, hasBrand } from '../../app/brand';
import { Directory, type DirectoryProps } from '../../app/directory';

/**
 * A reusable change, as a directory whose kustomization.yaml is a `Component`: several overlays, or Flux
 * Kustomizations, apply it to whatever they hold. It cannot be built alone.
 *
 * @example
 * const debug = new Component(app, 'debug-logging');
 * new StrategicMergePatch(debug, 'log-level', { of: k8s.KubeConfigMap, patch: { metadata: { name: 'settings' }, data: { LOG_LEVEL: 'debug' } } });
 * new Overlay(app, 'staging', { bases: [base], components: [debug] });
 */
export class Component extends Directory {
  static isComponent(value: unknown): value is Component {
    return hasBrand(value, 'Component');
  }

  override readonly kustomizationKind = 'Component';

  constructor(scope: IConstruct, id: string, props: DirectoryProps = {}) {
    super(scope, id, props);
    brand(this, 'Component');
  }
}
