/** What is yours: change it first. */
export const site = {
  /** Stands in the first line of each generated file, and so never changes. */
  project: 'shop',
  /** The repository that Flux reads. */
  repository: 'ssh://git@github.com/example/shop',
  image: 'ghcr.io/example/shop',
  backups: 'gs://example-backups/shop',
};
