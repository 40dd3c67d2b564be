import { service } from './service-definition';

/**
 * What all stages run: the one model that a stage may override, value by value. What follows from where a stage is reached
 * is derived from its URL.
 */
export const definitions = (url: string) => ({
  /** What a container gets that says nothing itself. */
  limits: {
    cpu: { default: '1', defaultRequest: '0.1' },
    memory: { default: '512Mi', defaultRequest: '256Mi' },
  },
  services: {
    ui: service({
      image: 'hsldevcom/jore4-ui:main--20220714-ba98632d4982ee6124c5b75f754a0c51431914ff',
      port: 80,
      probe: '/',
      route: '/',
    }),
    hasura: service({
      image: 'hsldevcom/jore4-hasura:hsl-main--20220713-07f08dd8cad99459af8b743089d36a4ccddb011f',
      port: 8080,
      probe: '/healthz',
      route: '/api/graphql',
      env: {
        HASURA_GRAPHQL_MIGRATIONS_DIR: '/hasura-migrations',
        HASURA_GRAPHQL_METADATA_DIR: '/hasura-metadata',
        HASURA_GRAPHQL_ENABLE_CONSOLE: 'false',
        HASURA_GRAPHQL_ENABLE_TELEMETRY: 'false',
        HASURA_GRAPHQL_MIGRATIONS_SERVER_TIMEOUT: '60',
        HASURA_GRAPHQL_AUTH_HOOK: 'http://jore4-auth:8080/public/v1/hasura/webhook',
        HASURA_GRAPHQL_AUTH_HOOK_MODE: 'GET',
      },
      secrets: {
        'hsl-jore4-public-db-hostname': 'db-hostname',
        'hsl-jore4-public-jore4-database': 'db-name',
        'hsl-jore4-db-hasura-username': 'db-username',
        'hsl-jore4-db-hasura-password': 'db-password',
        'hsl-jore4-hasura-admin-secret': 'hasura-admin-secret',
        'hsl-jore4-db-auth-username': 'db-auth-username',
        'hsl-jore4-db-jore3importer-username': 'db-jore3importer-username',
      },
    }),
    auth: service({
      image: 'hsldevcom/jore4-auth:main--7655eaf0456a0fcacfa2fd542e68c2e66385e5db',
      port: 8080,
      probe: '/actuator/health',
      route: '/api/auth',
      env: {
        API_PATH_PREFIX: '',
        API_PATH_PREFIX_PUBLIC: '/api/auth',
        DB_SESSION_SCHEMA: 'public',
        SELF_PUBLIC_BASE_URL: url,
        LOGINPAGE_URL: url,
        LOGOUTPAGE_URL: url,
        OIDC_PROVIDER_BASE_URL: 'https://hslid-dev.t5.fi',
      },
      secrets: {
        'hsl-jore4-auth-oidc-client-id': 'oidc-client-id',
        'hsl-jore4-auth-oidc-client-secret': 'oidc-client-secret',
        'hsl-jore4-public-db-hostname': 'db-hostname',
        'hsl-jore4-public-auth-database': 'db-name',
        'hsl-jore4-db-auth-username': 'db-username',
        'hsl-jore4-db-auth-password': 'db-password',
      },
    }),
    mbtiles: service({
      image: 'hsldevcom/jore4-mbtiles-server:main--3cc33ba369a0ad472b88de49baf201895eccc298',
      port: 8000,
      probe: '/services',
      route: '/api/mbtiles',
      env: { DR_LINKKI_TILES_URL: 'https://jore4storage.blob.core.windows.net/jore4-ui/dr_linkki.mbtiles' },
    }),
    mapmatching: service({
      image: 'hsldevcom/jore4-map-matching:main--20220714-0488cf186532cd2446d75edc4c2e69b43277ab8a',
      port: 8080,
      probe: '/actuator/health',
      route: '/api/mapmatching',
      env: { DB_DATABASE: 'jore4mapmatching', DB_HOSTNAME: 'jore4-mapmatchingdb' },
      secrets: {
        'hsl-jore4-db-mapmatching-username': 'db-username',
        'hsl-jore4-db-mapmatching-password': 'db-password',
      },
    }),
    mapmatchingdb: service({
      image: 'hsldevcom/jore4-postgres:mapmatching-main--c5fe34ea9629a59acdb899296978eccf4abaeb27',
      port: 5432,
      env: { POSTGRES_DB: 'jore4mapmatching', DIGIROAD_ROUTING_DUMP_VERSION: '2022-06-09' },
      secrets: {
        'hsl-jore4-db-mapmatching-username': 'postgres-user',
        'hsl-jore4-db-mapmatching-password': 'postgres-password',
      },
    }),
    jore3importer: service({
      image: 'hsldevcom/jore4-jore3-importer:main--20220623-97fb4969eaddd6135eadb1bfc04d6b165a479703',
      port: 8080,
      probe: '/actuator/health',
      memoryLimit: '1024Mi',
      env: { DIGIROAD_STOPS_CSV_VERSION: '2022-02-03', MAP_MATCHING_API_BASEURL: `${url}/api/mapmatching` },
      secrets: {
        'hsl-jore3-db-hostname': 'source-db-hostname',
        'hsl-jore3-db-port': 'source-db-port',
        'hsl-jore3-db-database': 'source-db-database',
        'hsl-jore3-db-username': 'source-db-username',
        'hsl-jore3-db-password': 'source-db-password',
        'hsl-jore4-public-jore3importer-database': 'importer-db-database',
        'hsl-jore4-public-jore4-database': 'jore4-db-database',
        'hsl-jore4-public-db-hostname': ['importer-db-hostname', 'jore4-db-hostname'],
        'hsl-jore4-db-jore3importer-username': ['importer-db-username', 'jore4-db-username'],
        'hsl-jore4-db-jore3importer-password': ['importer-db-password', 'jore4-db-password'],
      },
    }),
  },
});

export type Definitions = ReturnType<typeof definitions>;

/** Every secret that some service reads, by its name in the key vault. */
export type SecretName = { [Name in keyof Definitions['services']]: keyof Definitions['services'][Name]['secrets'] }[keyof Definitions['services']];
