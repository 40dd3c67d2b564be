export const namespace = 'hsl-jore4';

/** An object of the system, such as `jore4-auth`. */
export function metadataOf(name: string): { readonly name: string; readonly namespace: string } {
  return { name: `jore4-${name}`, namespace };
}

export function labelsOf(service: string): { readonly app: string } {
  return { app: metadataOf(service).name };
}
