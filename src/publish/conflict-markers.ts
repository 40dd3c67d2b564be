/** What Git left in a file that it could not merge, side by side. */
export interface ConflictedText {
  readonly ours: string;
  readonly theirs: string;
  /** The merge base, where Git was told to show it (`merge.conflictStyle` diff3 or zdiff3). */
  readonly base?: string;
}

/** Markers are seven characters, and more where both sides renamed the file. */
export function hasConflictMarkers(text: string): boolean {
  return text.includes('<<<<<<<') && /^<{7,}(?: |\r?$)/m.test(text) && /^={7,}\r?$/m.test(text) && /^>{7,}(?: |\r?$)/m.test(text);
}

export function splitConflict(text: string): ConflictedText {
  const sides = { ours: '', base: '', theirs: '' };
  let side: keyof typeof sides | 'all' = 'all';
  let showsBase = false;
  for (const line of text.split(/(?<=\n)/)) {
    if (/^<{7,}(?: |\r?$)/m.test(line) && side === 'all') side = 'ours';
    else if (/^\|{7,}(?: |\r?$)/m.test(line) && side === 'ours') [side, showsBase] = ['base', true];
    else if (/^={7,}\r?$/m.test(line) && (side === 'ours' || side === 'base')) side = 'theirs';
    else if (/^>{7,}(?: |\r?$)/m.test(line) && side === 'theirs') side = 'all';
    else for (const name of ['ours', 'base', 'theirs'] as const) if (side === name || side === 'all') sides[name] += line;
  }
  return { ours: sides.ours, theirs: sides.theirs, base: showsBase ? sides.base : undefined };
}
