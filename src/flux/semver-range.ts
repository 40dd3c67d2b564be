const VERSION = String.raw`v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*])){0,2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?`;
const CONSTRAINT = new RegExp(String.raw`^(?:=|==|!=|>|<|>=|=>|<=|=<|~|~>|\^)?\s*${VERSION}$`);
const HYPHEN_RANGE = new RegExp(String.raw`^${VERSION}\s+-\s+${VERSION}$`);

/** Whether Flux and Helm read it as a range of versions: `>=1.0 <2.0`, `1.x`, `^1.2 || ~2.1`. */
export function isSemverRange(text: string): boolean {
  return text.split('||').every((alternative) => {
    const range = alternative.trim();
    if (HYPHEN_RANGE.test(range)) return true;
    const constraints = range.replace(/([=!<>~^])\s+/g, '$1').split(/\s*,\s*|\s+/);
    return constraints.every((constraint) => CONSTRAINT.test(constraint));
  });
}
