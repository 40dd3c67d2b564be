import type { ClusterSpecBackupBarmanObjectStore } from '../../../imports/postgresql.cnpg.io';
import type { ApiData } from '../api-data';

/** What CNPG and the barman-cloud plugin call the configuration of an object store: the same fields for both. */
export type BarmanObjectStore = ApiData<ClusterSpecBackupBarmanObjectStore>;

export type Provider = 'gcs' | 's3' | 'azure';

/** One place in object storage. Give it to a cluster, or to an ObjectStore that clusters share. */
export interface BackupDestination {
  readonly provider: Provider;
  readonly configuration: BarmanObjectStore;
  readonly retentionPolicy?: string;
}

/** A key of a Secret in the cluster's namespace. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

export interface BackupDestinationOptions {
  /**
   * How long backups and the write-ahead log that they need are kept: `"30d"`, `"8w"` or `"6m"` for days, weeks or months.
   * @default for ever
   */
  readonly retentionPolicy?: string;

  /** Compression, encryption and parallelism of the write-ahead log. @default uncompressed, one file after another */
  readonly wal?: BarmanObjectStore['wal'];

  /** Compression, encryption and parallelism of base backups. @default uncompressed, two jobs */
  readonly data?: BarmanObjectStore['data'];

  /** Tags for the objects in the store. @default none */
  readonly tags?: BarmanObjectStore['tags'];

  /** Tags for the history files in the store. @default none */
  readonly historyTags?: BarmanObjectStore['historyTags'];
}

export interface GcsOptions extends BackupDestinationOptions {
  /**
   * The key file of a service account.
   * @default GKE's workload identity, by the annotation of the cluster's `serviceAccountTemplate`
   */
  readonly applicationCredentials?: SecretKey;
}

export interface S3Options extends BackupDestinationOptions {
  /** @default the IAM role of the pods, by the annotation of the cluster's `serviceAccountTemplate` */
  readonly accessKeyId?: SecretKey;
  readonly secretAccessKey?: SecretKey;
  readonly sessionToken?: SecretKey;
  /** The Secret's key that holds the region. @default the provider's */
  readonly region?: SecretKey;
  /** The address of a store that is not Amazon's. @default AWS */
  readonly endpointURL?: string;
  /** The authority that signed the endpoint's certificate. @default a public one */
  readonly endpointCA?: SecretKey;
}

export interface AzureOptions extends BackupDestinationOptions {
  /** @default the pods' Azure AD identity, unless other credentials are given */
  readonly connectionString?: SecretKey;
  readonly storageAccount?: SecretKey;
  readonly storageKey?: SecretKey;
  readonly storageSasToken?: SecretKey;
}

/**
 * Google Cloud Storage: `gcs('gs://bucket/folder')`.
 *
 * @example
 * new PostgresCluster(server, 'pg', { storage: { size: '10Gi' }, backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }) });
 */
export function gcs(destinationPath: string, { applicationCredentials, ...options }: GcsOptions = {}): BackupDestination {
  return destination('gcs', destinationPath, options, {
    googleCredentials: applicationCredentials === undefined ? { gkeEnvironment: true } : { applicationCredentials },
  });
}

/** Amazon S3 or a store that speaks its protocol: `s3('s3://bucket/folder')`. */
export function s3(destinationPath: string, options: S3Options = {}): BackupDestination {
  const { accessKeyId, secretAccessKey, sessionToken, region, endpointURL, endpointCA, ...others } = options;
  const keys = accessKeyId === undefined && secretAccessKey === undefined ? { inheritFromIAMRole: true } : { accessKeyId, secretAccessKey, sessionToken };
  return destination('s3', destinationPath, others, { endpointURL, endpointCA, s3Credentials: defined({ ...keys, region }) });
}

/** Azure Blob Storage: `azure('https://account.blob.core.windows.net/container/folder')`. */
export function azure(destinationPath: string, options: AzureOptions = {}): BackupDestination {
  const { connectionString, storageAccount, storageKey, storageSasToken, ...others } = options;
  const inheritFromAzureAD = connectionString === undefined && storageKey === undefined && storageSasToken === undefined ? true : undefined;
  const azureCredentials = defined({ inheritFromAzureAD, connectionString, storageAccount, storageKey, storageSasToken });
  return destination('azure', destinationPath, others, { azureCredentials });
}

function destination(provider: Provider, destinationPath: string, options: BackupDestinationOptions, specific: Partial<BarmanObjectStore>): BackupDestination {
  const { retentionPolicy, wal, data, tags, historyTags } = options;
  return { provider, retentionPolicy, configuration: defined({ destinationPath, ...specific, wal, data, tags, historyTags }) };
}

function defined<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
