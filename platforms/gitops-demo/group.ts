import { Directory, Overlay, StrategicMergePatch, type GitopsApp } from 'fluxwright';
import type { DeploymentPatch, Service } from './service';

/** A service as one overlay has it. */
export interface ServiceInOverlay {
  readonly service: Service;

  /** One of the service's variants, such as what it needs in the EU. */
  readonly variant?: ReturnType<Service['variant']>;

  /**
   * What the overlay changes, each in a file of its own, `<service>/<intent>.yaml`. An intent that starts with `_` is the
   * overlay's own: it is never promoted.
   */
  readonly patches: Readonly<Record<string, DeploymentPatch>>;
}

export interface GroupOverlayProps {
  /**
   * The overlay that this one starts from, with all its services.
   * @default none
   */
  readonly inherits?: GroupOverlay;

  /** The services that it adds, or changes where it inherits them. */
  readonly services: readonly ServiceInOverlay[];
}

/** `<group>/`: services that are reconciled together, apart from those of other groups. */
export class Group extends Directory {
  constructor(app: GitopsApp, name: string) {
    super(app, name, { hasKustomization: false });
  }
}

/** `<group>/overlays/<profile>/`: what one profile has of a group. */
export class GroupOverlay extends Overlay {
  /** Those that it inherits, too. */
  readonly services: ReadonlySet<Service>;

  constructor(readonly group: Group, name: string, { inherits, services }: GroupOverlayProps) {
    const added = services.map(({ service }) => service).filter((service) => !inherits?.services.has(service));
    super(group, name, {
      path: `overlays/${name}`,
      bases: [...(inherits === undefined ? [] : [inherits]), ...added.map(({ base }) => base)],
      components: services.flatMap(({ variant = [] }) => variant),
    });
    this.services = new Set([...(inherits?.services ?? []), ...added]);
    for (const { service, patches } of services) {
      for (const [intent, patch] of Object.entries(patches)) {
        new StrategicMergePatch(this, `${service.name}-${intent}`, { ...patch, path: `${service.name}/${intent}.yaml` });
      }
    }
  }
}
