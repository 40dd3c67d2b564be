import type { Definitions, SecretName } from './definitions';
import type { Overrides } from './overrides';
import { service, type ServiceDefinition } from './service-definition';

/** A stage on AKS, which Flux keeps as its branch says. */
export interface AksStage {
  readonly cluster: 'aks';

  /** Where it is reached, by https. */
  readonly host: string;

  /** @default none */
  readonly overrides?: Overrides<Definitions>;
}

/** A stage on Kind, applied directly, with what AKS stages find in Azure. */
export interface KindStage {
  readonly cluster: 'kind';

  /** The port of this machine where the UI, and all that the ingress leads to, is reached. */
  readonly port: number;

  /** What stands in for the key vault: a value for every secret. */
  readonly secrets: Readonly<Record<SecretName, string>>;

  /** Services that stand in for those of Azure. */
  readonly services: Readonly<Record<string, ServiceDefinition>>;

  /** Services that are reached from this machine without the ingress: a port of the node, 30000 to 32767, and one of the machine. */
  readonly ports: Readonly<Record<string, { readonly node: number; readonly machine: number }>>;

  /** @default none */
  readonly overrides?: Overrides<Definitions>;
}

/** The stages, with all that differs between them. */
export const stages = {
  playg: { cluster: 'aks', host: 'playg.jore.hsl.fi' },
  dev: { cluster: 'aks', host: 'dev.jore.hsl.fi' },
  test: { cluster: 'aks', host: 'test.jore.hsl.fi' },
  prod: {
    cluster: 'aks',
    host: 'jore.hsl.fi',
    overrides: { limits: { cpu: { default: '2' }, memory: { default: '1024Mi', defaultRequest: '512Mi' } } },
  },
  e2e: {
    cluster: 'kind',
    port: 3300,
    // hosted runners are small
    overrides: { limits: { cpu: { defaultRequest: '0.05' }, memory: { defaultRequest: '128Mi' } } },
    // for databases that live as long as the cluster; the provider of OIDC is asked by nobody there
    secrets: {
      'hsl-jore4-public-db-hostname': 'jore4-testdb',
      'hsl-jore4-public-jore4-database': 'jore4e2e',
      'hsl-jore4-public-auth-database': 'jore4e2e',
      'hsl-jore4-public-jore3importer-database': 'jore4e2e',
      'hsl-jore4-db-hasura-username': 'dbhasura',
      'hsl-jore4-db-hasura-password': 'hasurapassword',
      'hsl-jore4-db-auth-username': 'dbauth',
      'hsl-jore4-db-auth-password': 'authpassword',
      'hsl-jore4-db-jore3importer-username': 'dbimporter',
      'hsl-jore4-db-jore3importer-password': 'importerpassword',
      'hsl-jore4-db-mapmatching-username': 'mapmatching',
      'hsl-jore4-db-mapmatching-password': 'password',
      'hsl-jore4-hasura-admin-secret': 'hasura',
      'hsl-jore4-auth-oidc-client-id': 'e2e',
      'hsl-jore4-auth-oidc-client-secret': 'e2e',
      'hsl-jore3-db-hostname': 'jore4-mssqltestdb',
      'hsl-jore3-db-port': '1433',
      'hsl-jore3-db-database': 'jore3testdb',
      'hsl-jore3-db-username': 'sa',
      'hsl-jore3-db-password': 'P@ssw0rd',
    },
    services: {
      testdb: service({
        image: 'hsldevcom/jore4-postgres:azuredbmock-main--95833a388a10c2eec9d9dba104891a5a2fafdf5d',
        port: 5432,
        env: { POSTGRES_DB: 'jore4e2e', POSTGRES_USER: 'dbadmin', POSTGRES_PASSWORD: 'adminpassword' },
        secrets: {
          'hsl-jore4-db-auth-username': 'db-auth-username',
          'hsl-jore4-db-auth-password': 'db-auth-password',
          'hsl-jore4-db-jore3importer-username': 'db-jore3importer-username',
          'hsl-jore4-db-jore3importer-password': 'db-jore3importer-password',
          'hsl-jore4-db-hasura-username': 'db-hasura-username',
          'hsl-jore4-db-hasura-password': 'db-hasura-password',
          'hsl-jore4-public-jore4-database': 'db-hasura-name',
        },
      }),
      mssqltestdb: service({
        image: 'hsldevcom/jore4-mssql-testdb:schema-only-main--bcc4c828a37f194b9ac416f7fa5de9583cf5b8ce',
        port: 1433,
        memoryLimit: '1024Mi',
        env: { SA_PASSWORD: 'P@ssw0rd' },
      }),
    },
    ports: { testdb: { node: 30432, machine: 3002 } },
  },
} as const satisfies Readonly<Record<string, AksStage | KindStage>>;

type StageOn<Cluster> = { [Name in keyof typeof stages]: (typeof stages)[Name]['cluster'] extends Cluster ? Name : never }[keyof typeof stages];

export type AksStageName = StageOn<'aks'>;
export type KindStageName = StageOn<'kind'>;
