/** Something that a person does, and how to see that it was done. */
export interface RecoveryStep {
  readonly title: string;
  /** For a POSIX shell; nothing runs them but a person. */
  readonly commands: readonly string[];
  /** What the commands have to show, and what to know. */
  readonly notes: readonly string[];
}

/** Numbered, each command on a line of its own, notes as comments of a shell. */
export function formatSteps(steps: readonly RecoveryStep[]): string {
  return steps.map(({ title, commands, notes }, index) => [`${index + 1}. ${title}`, ...commands.map((line) => `   ${line}`), ...notes.map((line) => `   # ${line}`)].join('\n')).join('\n');
}
