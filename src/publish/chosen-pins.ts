import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Committed } from './committed';
import { sha256 } from './listed-files';
import type { Pin } from './pins/pin';

/**
 * What `--pin` settled while a merge waits for a person, so that it need not be said again until the merge is committed. It
 * is kept out of the tree, under the commits that are merged: with others it says nothing.
 */
export class ChosenPins {
  private readonly values = new Map<string, string>();
  private readonly file: string | undefined;
  private isChanged = false;

  constructor(private readonly committed: Committed) {
    const { git, place } = committed;
    if (git !== undefined) this.file = join(git.privateDirectory, `publish-${sha256(place.root).slice(0, 12)}-${place.project}.chosen`);
    const [heads, ...entries] = this.file === undefined ? [] : readLines(this.file);
    // Usually there is no such file, and then Git is not asked.
    if (heads === undefined || heads !== this.heads) return;
    for (const entry of entries) {
      const [place, value] = JSON.parse(entry) as [string, string];
      this.values.set(place, value);
    }
  }

  /** What was chosen for a pin. */
  value(pin: Pin): string | undefined {
    return this.values.get(place(pin));
  }

  choose(pin: Pin, value: string): void {
    if (this.values.get(place(pin)) === value) return;
    this.values.set(place(pin), value);
    this.isChanged = true;
  }

  save(): void {
    const { file } = this;
    if (file === undefined || this.committed.git === undefined || !this.isChanged) return;
    mkdirSync(this.committed.git.privateDirectory, { recursive: true });
    writeFileSync(`${file}.new`, [this.heads, ...[...this.values].map((entry) => JSON.stringify(entry))].join('\n'));
    renameSync(`${file}.new`, file);
  }

  private get heads(): string {
    const { git, operation } = this.committed;
    return [git?.resolve('HEAD') ?? '', ...(operation?.theirs ?? [])].join(' ');
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

function place({ file, object, path }: Pin): string {
  return `${file} ${object} ${path}`;
}
