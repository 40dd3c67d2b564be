/** How many steps a rule may take. The API server refuses costlier ones when their CRD is applied; a CRD in a file was never there. */
const MOST_STEPS = 5_000_000;

/** Whether a rule ends soon for a value: its loops within loops go through the longest list or map as often as there are any. */
export function isAffordable(rule: string, value: unknown): boolean {
  const depth = depthOf(rule);
  return depth === 0 || longestIn(value) ** depth <= MOST_STEPS;
}

/** Each rule is asked about for every object of its kind. */
const depths = new Map<string, number>();

function depthOf(rule: string): number {
  let depth = depths.get(rule);
  if (depth === undefined) depths.set(rule, (depth = loopDepth(rule)));
  return depth;
}

function loopDepth(rule: string): number {
  const open: boolean[] = [];
  let deepest = 0;
  for (const [token, loop] of rule.matchAll(/\.(all|exists|exists_one|filter|map|sortBy|transformList|transformMap)\s*\(|[()]/g)) {
    if (token === ')') open.pop();
    else {
      open.push(loop !== undefined);
      deepest = Math.max(deepest, open.filter(Boolean).length);
    }
  }
  return deepest;
}

function longestIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  const parts = Object.values(value);
  let longest = parts.length;
  for (const part of parts) longest = Math.max(longest, longestIn(part));
  return longest;
}
