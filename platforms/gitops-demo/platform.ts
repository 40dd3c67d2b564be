import type { FluxRelease, GitopsApp } from 'fluxwright';
import { busyboxIn } from './busybox';
import { Group, GroupOverlay, type GroupOverlayProps } from './group';
import { podinfoIn } from './podinfo';
import { Profile } from './profile';

/** How the tree of `parity-tree` differs from the committed one. */
export interface GitopsDemoOptions {
  /**
   * The Flux release that the clusters run.
   * @default the newest
   */
  readonly fluxRelease?: FluxRelease;

  /**
   * Where `test` keeps busybox.
   * @default "1.36"; the original says "1:36", which no kubelet can pull
   */
  readonly busyboxTag?: string;
}

/** Six profiles of one group of services. All of them follow `main`, which says what each of them is. */
export function gitopsDemo(app: GitopsApp, { fluxRelease, busyboxTag = '1.36' }: GitopsDemoOptions = {}): void {
  const apps = new Group(app, 'apps');
  const profile = (name: string, overlay: GroupOverlayProps): GroupOverlay => {
    const inApps = new GroupOverlay(apps, name, overlay);
    new Profile(app, name, { overlays: [inApps], fluxRelease });
    return inApps;
  };

  const podinfo = podinfoIn(apps);
  const busybox = busyboxIn(apps);
  const eu = podinfo.variant('eu', { REGION: 'EU', GDPR_ENABLED: 'true' });
  const us = podinfo.variant('us', { REGION: 'US' });

  const dev = profile('dev', {
    services: [{
      service: podinfo,
      patches: { version: podinfo.version('6.5.3'), _tracing: podinfo.settings({ TRACING_ENABLED: 'true', TRACING_PREFIX: 'dev_' }) },
    }],
  });
  profile('test', {
    inherits: dev,
    services: [
      { service: busybox, patches: { version: busybox.version(busyboxTag) } },
      { service: podinfo, patches: { '_test-seed': podinfo.settings({ TEST_SEED: 'kl234jsdh1234==ksd' }) } },
    ],
  });
  profile('staging-eu', {
    services: [{ service: podinfo, variant: eu, patches: { version: podinfo.version('6.5.1') } }],
  });
  profile('staging-us', {
    services: [{ service: podinfo, variant: us, patches: { version: podinfo.version('6.5.0') } }],
  });
  profile('production-eu', {
    services: [{
      service: podinfo,
      variant: eu,
      patches: { version: podinfo.version('6.4.1'), _billing: podinfo.settings({ BILLING_API_URL: 'https://eu.prod.billing-service.com' }) },
    }],
  });
  profile('production-us', {
    services: [{
      service: podinfo,
      variant: us,
      patches: { version: podinfo.version('6.5.0'), _billing: podinfo.settings({ BILLING_API_URL: 'https://us2.prod.billing-service.com' }) },
    }],
  });
}
