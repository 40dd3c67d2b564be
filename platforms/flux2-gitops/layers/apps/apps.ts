import type { Layer } from '../../shapes/layer';
import type { Charts } from '../infra/helm-repositories';

export function apps(layer: Layer, charts: Charts): void {
  void [layer, charts];
}
