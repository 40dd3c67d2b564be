/** Kubernetes' rules for names, labels, quantities and durations. All of them take substitution variables as valid parts. */

/** Whether a text can be an app's id: it stands in the first line of every generated file. */
export function isProjectId(text: string): boolean {
  return DNS_LABEL.test(text);
}

/** RFC 1123 label: namespaces, Services, containers. */
export function isDnsLabel(text: string): boolean {
  return DNS_LABEL.test(text);
}

/** RFC 1123 subdomain: most object names. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => SUBDOMAIN_STEP.test(label));
}

/** `prefix/name` or `name`, as keys of labels and annotations are. */
export function isLabelKey(text: string): boolean {
  const [name, prefix, ...rest] = text.split('/').reverse();
  return rest.length === 0 && LABEL_PART.test(name!) && name!.length <= 63 && (prefix === undefined || isDnsSubdomain(prefix));
}

export function isLabelValue(text: string): boolean {
  return text === '' || (text.length <= 63 && LABEL_PART.test(text));
}

/** An amount of CPU, memory or storage: `500m`, `1Gi`, `2`. */
export function isQuantity(text: string): boolean {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?\d+))?$/.test(text);
}

/** How Flux reads durations: `1h`, `2m30s`. */
export function isFluxDuration(text: string): boolean {
  return /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(text);
}

/** The variables that stand in a text as `${NAME}` or `${NAME:=default}`. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map((match) => match[1]!);
}

/** The text with each variable replaced by a letter. */
export function withoutVariables(text: string): string {
  return text.replace(VARIABLE, 'x');
}

/** Whether a text follows a rule for some value of its variables: a word, a number or a duration. */
export function holdsForSomeVariables(text: string, rule: (text: string) => boolean): boolean {
  return ['x', '1', '1m'].some((value) => rule(text.replace(VARIABLE, value)));
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::?[-=+?][^}]*)?\}/g;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const SUBDOMAIN_STEP = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const LABEL_PART = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;
