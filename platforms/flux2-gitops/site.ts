/** What an operator changes to run this platform elsewhere. */
export const site = {
  repository: { url: 'ssh://git@github.com/huangyingting/flux2-gitops', branch: 'main' },
  /** Where the stage's own hosts are not encrypted, services answer at `<name>.<this>`. */
  domain: 'example.com',
  certificateContact: 'yourname@yourdomain.com',
  /** The images that are built for this platform. */
  registry: 'ghcr.io/huangyingting',
  forwardAuth: { cookieDomain: 'traefik.i-csu.com', host: 'auth.traefik.i-csu.com' },
} as const;

/** Stands in bases for what only a stage knows, and encrypts. */
export const PER_STAGE = 'REPLACE_ME';

/** Where applications find what the system layer runs. */
export const endpoints = {
  loki: 'http://loki.loki:3100/loki/api/v1/push',
  mongodb: 'mongodb://mongodb.mongodb:27017',
  postgres: 'postgres-postgresql.postgres',
  rabbitmq: 'rabbitmq.rabbitmq',
  redis: 'redis-master.redis:6379',
  tempo: 'tempo.tempo',
  zipkin: 'http://otel-collector.dapr-system.svc.cluster.local:9411/api/v2/spans',
} as const;
