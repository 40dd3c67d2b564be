/** What JavaScript has and RE2 lacks. */
const UNKNOWN_TO_RE2 = /(?<!\\)(?:\\\\)*(\(\?(?:=|!|<=|<!)|\\[1-9])/;

/**
 * A regular expression as Flux reads it, which is Go's RE2.
 * @throws SyntaxError for what RE2 refuses
 */
export function compileRe2(pattern: string): RegExp {
  const unknown = UNKNOWN_TO_RE2.exec(pattern);
  if (unknown !== null) throw new SyntaxError(`RE2 has no ${unknown[1]}`);
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const translated = pattern
    .slice(flags?.[0].length ?? 0)
    .replace(/\(\?P</g, '(?<')
    .replace(/\(\?[imsU-]+:/g, '(?:')
    .replace(/\(\?[imsU-]+\)/g, '')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$');
  return new RegExp(translated, flags?.[1]);
}

/** The same pattern for matching, or undefined where JavaScript may match something else by it: flags and classes of RE2's own. */
export function matcherOf(pattern: string): RegExp | undefined {
  if (/\\[AzQECpP]|\[\[:|\(\?[a-zA-Z-]+[:)]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern.replaceAll('(?P<', '(?<'));
  } catch {
    return undefined;
  }
}

/**
 * The references in a template such as `$ts` or `${major}.$2` that name no group of the pattern.
 * Go takes the longest name it can: `$1x` is a group called `1x`.
 */
export function unknownGroups(pattern: RegExp, extract: string): string[] {
  const groups = new RegExp(`${pattern.source}|`).exec('')!;
  const known = new Set([...Object.keys(groups.groups ?? {}), ...groups.keys()].map(String));
  return [...extract.matchAll(/\$\$|\$\{(\w+)\}|\$(\w+)/g)].flatMap(([reference, braced, plain]) => {
    const name = braced ?? plain;
    return name === undefined || known.has(name) ? [] : [reference];
  });
}
