import type { FieldChecks } from '../../app/field-checks';
import type { BackupDestination, Provider } from './backup-destination';
import { hasForm } from './bare-text';

const ADDRESSES: Readonly<Record<Provider, { readonly pattern: RegExp; readonly example: string }>> = {
  gcs: { pattern: /^gs:\/\/[a-z0-9][a-z0-9._-]*(\/\S*)?$/, example: 'gs://bucket/folder' },
  s3: { pattern: /^s3:\/\/[A-Za-z0-9][A-Za-z0-9._-]*(\/\S*)?$/, example: 's3://bucket/folder' },
  azure: { pattern: /^https?:\/\/[^\s/]+\/[a-z0-9$]\S*$/, example: 'https://account.blob.core.windows.net/container/folder' },
};

/** What is wrong with a destination, said in the name of the construct that got it. */
export function checkDestination(checks: FieldChecks, { provider, configuration, retentionPolicy }: BackupDestination): void {
  const { pattern, example } = ADDRESSES[provider];
  const { destinationPath, s3Credentials, azureCredentials } = configuration;
  const others = Object.keys(ADDRESSES).filter((other) => other !== provider).map((other) => `${other}(…)`).join(' or ');
  checks
    .require(hasForm(destinationPath, pattern), 'value-invalid', `backs up to ${provider}(${JSON.stringify(destinationPath)})`, `write ${provider}('${example}'), or use ${others} for another provider`)
    .require(retentionPolicy === undefined || hasForm(retentionPolicy, /^[1-9][0-9]*[dwm]$/), 'duration-invalid', `has retentionPolicy ${JSON.stringify(retentionPolicy)}`, 'write days, weeks or months, such as "30d", "8w" or "6m"');
  if (s3Credentials != null) {
    const halves = [s3Credentials.accessKeyId, s3Credentials.secretAccessKey].filter((half) => half != null).length;
    checks.require(halves !== 1, 'value-invalid', `has half of an S3 key, ${s3Credentials.accessKeyId == null ? 'secretAccessKey' : 'accessKeyId'}`, 'give both accessKeyId and secretAccessKey, or neither for the IAM role');
  }
  if (azureCredentials != null) {
    const { connectionString, storageAccount, storageKey, storageSasToken } = azureCredentials;
    const given = Object.keys(azureCredentials).join(', ');
    const fits = connectionString != null ? storageAccount == null && storageKey == null && storageSasToken == null
      : storageKey == null && storageSasToken == null ? true
      : storageAccount != null && (storageKey == null || storageSasToken == null);
    checks.require(fits, 'value-invalid', `has Azure credentials that do not fit together: ${given}`, 'give connectionString alone, or storageAccount with either storageKey or storageSasToken, or none of them for Azure AD');
  }
}
