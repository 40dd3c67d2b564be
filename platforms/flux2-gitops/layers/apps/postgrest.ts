import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { endpoints, PER_STAGE } from '../../site';

/** A REST API of a database's schema. */
export function postgrest(layer: Layer): void {
  const app = new App(layer, 'postgrest', { namespace: 'podinfo', staging: { namespace: 'postgrest', included: false } });
  app.workload('postgrest', {
    image: 'postgrest/postgrest',
    labels: {},
    env: { PGRST_DB_URI: `postgres://${PER_STAGE}:${PER_STAGE}@${endpoints.postgres}:5432/postgrest`, PGRST_DB_SCHEMAS: 'api', PGRST_DB_ANON_ROLE: 'web_anon' },
    service: { port: 3000 },
  });
  app.staging.encrypted({ patches: ['deployment'] });
}
