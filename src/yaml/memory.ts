/** Strings and how they are written: manifests say the same words over and over. Bounded, so that big trees cost no more. */
export class Memory {
  private readonly known = new Map<string, string>();

  recall(text: string): string | undefined {
    return this.known.get(text);
  }

  /** Remembers how `text` is written, if it is short; returns that. */
  remember(text: string, written: string): string {
    if (text.length > LONGEST) return written;
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(text, written);
    return written;
  }
}

const LONGEST = 100;
const MOST = 20_000;
