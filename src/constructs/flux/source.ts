import type { SourceReference } from '../../app/cluster';
import type { ApiResourceProps } from '../api-resource';
import { FluxResource } from './flux-resource';

/** Something of the same namespace, by its name; a construct that stands for it will do. */
export interface LocalReference {
  readonly name: string;
}

/** What all sources take. */
export interface FluxSourceProps extends ApiResourceProps {
  /**
   * How often Flux looks for something new, such as `1h` or `2m30s`.
   * @default "10m"
   */
  readonly interval?: string;

  /**
   * How long a fetch may take.
   * @default "60s", as Flux has it
   */
  readonly timeout?: string;

  /**
   * Whether Flux leaves the source as it is.
   * @default false
   */
  readonly suspend?: boolean;
}

/** How often Flux looks at a source, and applies a Kustomization, where nothing else is said. */
export const DEFAULT_INTERVAL = '10m';

/** A Flux source: what Kustomizations and HelmReleases take their manifests and charts from. */
export abstract class FluxSource extends FluxResource {
  /** How other objects name it. */
  get sourceReference(): SourceReference {
    return { kind: this.kind, name: this.name, namespace: this.namespace };
  }
}

/** A source as a user names it: the construct, or a reference to one that the app does not make. */
export type AnySource = FluxSource | SourceReference;

export function sourceReferenceOf(source: AnySource): SourceReference {
  return 'sourceReference' in source ? source.sourceReference : source;
}

/** `sourceRef` as written into an object of `namespace`: it names the source's namespace only where that is another. */
export function sourceRefFrom(namespace: string | undefined, source: AnySource): SourceReference {
  const { kind, name, namespace: other } = sourceReferenceOf(source);
  return { kind, name, namespace: other === namespace ? undefined : other };
}
