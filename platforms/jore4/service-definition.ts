/** What a microservice is, before it is known where it runs. */
export interface ServiceDefinition<Variable extends string = string, Secret extends string = string> {
  readonly image: string;

  /** What the container and the Service listen on. */
  readonly port: number;

  /** The path that tells whether it lives and is ready, or null where there is none. */
  readonly probe: string | null;

  /** Where the ingress leads to it, or null for what the world does not reach. */
  readonly route: string | null;

  /** How much memory it may use, or null for what the namespace's LimitRange says. */
  readonly memoryLimit: string | null;

  readonly replicas: number;

  /** Environment variables. */
  readonly env: Readonly<Record<Variable, string>>;

  /** The secrets that it reads: their names in the key vault, and the file or files that hold them in the container. */
  readonly secrets: Readonly<Record<Secret, string | readonly string[]>>;
}

type Given<Variable extends string, Secret extends string> = Partial<ServiceDefinition<Variable, Secret>> & Pick<ServiceDefinition, 'image' | 'port'>;

/** A definition with all its fields, so that a stage can override those that most services leave out. */
export function service<Variable extends string = never, Secret extends string = never>(given: Given<Variable, Secret>): ServiceDefinition<Variable, Secret> {
  const nothing = { env: {}, secrets: {} } as Pick<ServiceDefinition<Variable, Secret>, 'env' | 'secrets'>;
  return { probe: null, route: null, memoryLimit: null, replicas: 1, ...nothing, ...given };
}
