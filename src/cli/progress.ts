/** Work that takes longer is worth a word. */
const PATIENCE = 1000;

/** Shows how far something is, as soon as somebody would wonder. */
export function progressOf<Progress extends unknown[]>(status: (text: string) => void, text: (...progress: Progress) => string): (...progress: Progress) => void {
  const start = Date.now();
  return (...progress) => {
    if (Date.now() - start > PATIENCE) status(text(...progress));
  };
}
