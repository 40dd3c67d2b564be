/** What an environment answers for. `identity` is the login and consent app, which another repository deploys. */
export const exposed = ['hydra', 'identity', 'grafana'] as const;

export type Hosts = Readonly<Record<(typeof exposed)[number], string>>;

/** `<what>.<domain>`, but for those that have another name. */
export function hostsOf(domain: string, overrides: Partial<Hosts> = {}): Hosts {
  return Object.fromEntries(exposed.map((name) => [name, overrides[name] ?? `${name}.${domain}`])) as Hosts;
}
