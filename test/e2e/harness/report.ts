/** More failures of one row than this are counted, not printed. */
const MOST_PRINTED = 5;

/** One line of the closing table: a claim that is checked against something real, any number of times. */
export class Row {
  private checked = 0;
  private failed = 0;
  private reason?: string;

  constructor(readonly part: string, readonly claim: string, readonly against: string) {}

  /** Counts one check, and prints what is wrong where it does not hold. */
  check(holds: boolean, detail: () => string): void {
    this.checked++;
    if (holds) return;
    this.failed++;
    if (this.failed <= MOST_PRINTED) process.stderr.write(`FAILED ${this.part}: ${this.claim}\n${indented(detail())}\n`);
  }

  equal(actual: unknown, expected: unknown, what: () => string = () => ''): void {
    const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value, null, 1)) as [string, string];
    this.check(found === wanted, () => `${what()}\nexpected ${wanted}\nfound    ${found}`.trim());
  }

  /** Says why nothing could be checked. */
  skip(reason: string): void {
    this.reason = reason;
    process.stderr.write(`skipped ${this.part}: ${this.claim}: ${reason}\n`);
  }

  /** A claim that was not checked at all has failed as well. */
  get isFailed(): boolean {
    return this.failed > 0 || (this.checked === 0 && this.reason === undefined);
  }

  get isSkipped(): boolean {
    return this.checked === 0 && this.reason !== undefined;
  }

  get cells(): string[] {
    const times = this.checked === 0 && this.reason !== undefined ? `skipped: ${this.reason}` : String(this.checked);
    return [this.part, this.claim, this.against, times, String(this.failed)];
  }
}

/** What was run, against what, how often, and what failed: the closing table, which counts for itself. */
export class Report {
  private readonly rows: Row[] = [];

  row(part: string, claim: string, against: string): Row {
    const row = new Row(part, claim, against);
    this.rows.push(row);
    return row;
  }

  get isFailed(): boolean {
    return this.rows.some(({ isFailed }) => isFailed);
  }

  /** The last line, which CI reads. */
  get summary(): string {
    const failed = this.rows.filter((row) => row.isFailed).length;
    const skipped = this.rows.filter((row) => row.isSkipped).length;
    return `e2e: ${this.rows.length - failed - skipped} claims held, ${failed} failed, ${skipped} skipped`;
  }

  get table(): string {
    const cells = [['part', 'claim', 'against', 'checked', 'failed'], ...this.rows.map((row) => row.cells)];
    const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
    const lines = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
    return [lines[0]!, widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
  }
}

function indented(text: string): string {
  return text.split('\n').slice(0, 40).map((line) => `  ${line}`).join('\n');
}
