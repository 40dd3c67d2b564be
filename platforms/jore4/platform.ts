import type { GitopsApp } from 'fluxwright';
import { aksStage } from './aks';
import { kindStage } from './kind';
import { stages, type AksStage, type KindStage } from './stages';

/** One system in five stages, from one model. */
export function jore4(app: GitopsApp): void {
  for (const [name, stage] of Object.entries<AksStage | KindStage>(stages)) {
    if (stage.cluster === 'aks') aksStage(app, name, stage);
    else kindStage(app, name, stage);
  }
}

/** Images to try instead of those that all stages run. */
export interface LocalImages {
  readonly ui?: string;
  readonly hasura?: string;
  readonly auth?: string;
}

/** The end-to-end stage alone, for a cluster on this machine. */
export function localCluster(app: GitopsApp, { ui, hasura, auth }: LocalImages): void {
  const services = { ui: { image: ui }, hasura: { image: hasura }, auth: { image: auth } };
  kindStage(app, 'e2e', { ...stages.e2e, overrides: { ...stages.e2e.overrides, services } });
}
