/** `registry/name:tag@digest`, taken apart. The registry belongs to the repository. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

export function parseImage(text: string): ImageReference {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  const rest = at < 0 ? text : text.slice(0, at);
  const colon = rest.lastIndexOf(':');
  // A colon before the last slash parts a registry from its port.
  if (colon < 0 || colon < rest.lastIndexOf('/') || rest.endsWith('}')) return { repository: rest, digest };
  return { repository: rest.slice(0, colon), tag: rest.slice(colon + 1), digest };
}

export function formatImage({ repository, tag, digest }: ImageReference): string {
  return `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** A repository with what Docker adds to its name: images of Docker Hub have several spellings. */
export function fullRepository(name: string): string {
  const steps = name.replace(/^(index\.)?docker\.io\//, '').split('/');
  const hasRegistry = steps.length > 1 && /[.:]|^localhost$/.test(steps[0]!);
  return hasRegistry ? name : steps.length === 1 ? `docker.io/library/${steps[0]!}` : `docker.io/${steps.join('/')}`;
}
