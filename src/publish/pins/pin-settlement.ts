import { formatHold, formatMarkerOnHold } from '../../yaml/marker';
import { flowScalar } from '../../yaml/scalar';
import { carriedValue, tagOf } from './carried-value';
import { ImagePolicies } from './image-policies';
import { parseImage } from '../../tree/image-reference';
import type { Pin } from './pin';
import { describePin, shortValue } from './pin-words';
import { locateScalar, ScalarEdits } from './scalar-edits';
import type { Tree } from '../../tree/tree';

/** Writes the values that were found for pins into the generated texts, and says what is worth saying about them. */
export class Settlement {
  readonly notes: string[] = [];
  private readonly edits = new Map<string, ScalarEdits>();
  private known?: ImagePolicies;
  private started = 0;

  constructor(private readonly tree: Tree, private readonly resetPins: boolean) {}

  get policies(): ImagePolicies {
    return (this.known ??= new ImagePolicies(this.tree));
  }

  /** What a generated pin holds from now on. */
  settle(slot: Pin, committed: Pin): Pin {
    const carried = carriedValue(slot, committed)!;
    const isNamed = slot.hold !== undefined && !goesOn(slot, committed);
    if (this.resetPins || isNamed) {
      if (carried.value !== slot.value) this.notes.push(`pin ${describePin(slot)}: ${this.resetPins ? 'reset' : 'code now says'} ${shortValue(slot, carried.value)} → ${shortValue(slot, slot.value)}`);
      if (committed.isOnHold) this.notes.push(`pin ${describePin(slot)}: ${this.resetPins ? 'no longer on hold, as --reset-pins has it' : 'held by code from now on, and no longer by the tree'}`);
      return slot;
    }
    const isOnHold = committed.isOnHold === true && slot.hold === undefined;
    const comment = slot.hold !== undefined ? slot.comment : committed.branch !== undefined ? committed.comment : isOnHold ? formatMarkerOnHold(slot.setter!) : slot.comment;
    if (carried.source !== slot.source || comment !== slot.comment) this.editsOf(slot.file).replace(slot, carried.source, comment);
    if (committed.isOnHold) this.explainHold(slot, committed, carried.value);
    if (carried.value !== slot.value && committed.isPlain) this.notes.push(`pin ${describePin(slot)}: keeps ${shortValue(slot, carried.value)}, which stood there without a marker; code says ${shortValue(slot, slot.value)}`);
    if (carried.value !== slot.value) this.explain(slot, committed, carried.value);
    return { ...slot, ...carried, isOnHold };
  }

  /**
   * A scalar that had a marker, or was held, and that code now writes without: it keeps what was committed, with a comment
   * that remembers what code said.
   */
  hold(committed: Pin, file: string, document: number, path: string, literal: string): void {
    // What nothing but code has set is for code to change.
    if (committed.isPlain || committed.setter?.part === 'name') return;
    if (this.resetPins) return this.reset({ ...committed, file }, [committed.value], literal);
    const next = heldValue(committed, literal);
    const title = describePin({ ...committed, file });
    if (next === undefined) {
      if (committed.value !== literal) this.notes.push(`pin ${title}: no longer held at ${shortValue(committed, committed.value)}, since code now says ${literal}`);
      return;
    }
    if (next.value === literal) return;
    const at = locateScalar(this.textOf(file), document, path);
    if (at === undefined) {
      this.notes.push(`pin ${title}: ${shortValue(committed, committed.value)} cannot be held beside another comment; code says ${shortValue(committed, literal)}`);
      return;
    }
    this.editsOf(file).comment(at, next.source, formatHold({ literal, marker: committed.setter }));
    if (committed.hold === undefined) this.notes.push(`pin ${title}: held at ${shortValue(committed, next.value)}, although code says ${shortValue(committed, literal)}`);
  }

  /**
   * A pin that nobody has committed.
   * @param unmarked what stands in its place without a marker, or is an image without a tag
   * @param before what an earlier commit had, and lost
   * @param isCutOff whether history is not all here
   */
  start(slot: Pin, unmarked: string | undefined, before: string | undefined, isCutOff = false): void {
    const now = shortValue(slot, slot.value);
    const start = unmarked === undefined || unmarked === now ? `starts at ${now}${isCutOff ? CUT_OFF : ''}` : `starts at ${now}, in place of ${unmarked}, which has no ${isUntagged(slot, unmarked) ? 'tag' : 'marker'}`;
    if (before !== undefined && before !== now) this.notes.push(`pin ${describePin(slot)}: reset ${before} → ${now}, which an earlier commit deleted`);
    else if ((unmarked !== undefined && unmarked !== now) || ++this.started <= MOST_NAMED) this.notes.push(`pin ${describePin(slot)}: ${start}`);
  }

  /** A line for the pins that start as code says and are not named. */
  get unnamed(): readonly string[] {
    const count = this.started - MOST_NAMED;
    return count <= 0 ? [] : [`and ${count} more ${count === 1 ? 'pin that starts' : 'pins that start'} at what code says`];
  }

  /** Where `--reset-pins` takes what stands in code over what was committed: says so. */
  reset(pin: Pin, values: readonly string[], literal: string): void {
    const others = values.filter((value) => value !== literal);
    if (this.resetPins && others.length > 0) this.notes.push(`pin ${describePin(pin)}: reset ${others.map((value) => shortValue(pin, value)).join(', ')} → ${shortValue(pin, literal)}`);
  }

  texts(): Map<string, string> {
    return new Map([...this.edits].map(([path, edits]) => [path, edits.apply()]));
  }

  private explain(slot: Pin, committed: Pin, value: string): void {
    const tag = tagOf(slot, value);
    if (slot.file !== committed.file && slot.setter?.policy !== committed.setter?.policy && committed.setter !== undefined) {
      this.notes.push(`pin ${describePin(slot)}: goes on from ${shortValue(slot, value)} of ${describePin(committed)}`);
    }
    if (committed.value !== value && committed.setter?.part === slot.setter?.part) {
      this.notes.push(`pin ${describePin(slot)}: ${parseImage(committed.value).repository} → ${parseImage(value).repository}, with the committed ${shortValue(slot, value)}`);
    }
    if (slot.hold === undefined && committed.isOnHold !== true && committed.branch === undefined && slot.setter !== undefined && tag !== undefined && this.policies.canSelect(slot.setter.policy, tag) === false) {
      this.notes.push(`pin ${describePin(slot)}: keeps ${tag}, which its ImagePolicy would not select (${this.policies.pattern(slot.setter.policy)})`);
    }
  }

  private explainHold(slot: Pin, committed: Pin, value: string): void {
    if (slot.hold !== undefined) this.notes.push(`pin ${describePin(slot)}: held at ${shortValue(slot, value)} by code from now on, and no longer by the tree`);
    else if (committed.file !== slot.file || committed.object !== slot.object) this.notes.push(`pin ${describePin(slot)}: stays on hold at ${shortValue(slot, value)}`);
  }

  private editsOf(path: string): ScalarEdits {
    const edits = this.edits.get(path) ?? new ScalarEdits(this.textOf(path));
    this.edits.set(path, edits);
    return edits;
  }

  private textOf(path: string): string {
    const file = this.tree.get(path);
    return file?.type === 'manifests' ? file.text : '';
  }
}

/** More pins that start than this are counted, not named. */
const MOST_NAMED = 20;

const CUT_OFF = '; the history of this clone is cut off, so what earlier commits had is not known: git fetch --unshallow';

function isUntagged({ setter }: Pin, value: string): boolean {
  const { tag, digest } = parseImage(value);
  return setter?.part === undefined && value.includes('/') && tag === undefined && digest === undefined;
}

/** Whether a scalar that constructs hold goes on from what was committed, or code names a value of its own. */
function goesOn({ hold }: Pin, { hold: before }: Pin): boolean {
  if (hold!.exact) return before?.exact === true && before.literal === hold!.literal;
  return before === undefined || before.exact === true || before.literal === hold!.literal;
}

/** What a held scalar holds now that code says `literal`; undefined where code named another value. */
function heldValue(committed: Pin, literal: string): { value: string; source: string } | undefined {
  const isWhole = committed.setter !== undefined && committed.setter.part === undefined;
  const [code, there] = [parseImage(literal), parseImage(committed.value)];
  const before = committed.hold?.literal;
  if (before !== undefined && before !== literal) {
    const isSameTag = isWhole && code.tag === parseImage(before).tag && code.digest === parseImage(before).digest && code.repository !== there.repository;
    if (!isSameTag) return undefined;
    const value = `${code.repository}${committed.value.slice(there.repository.length)}`;
    return { value, source: flowScalar(value) };
  }
  if (isWhole && (code.repository !== there.repository || (code.tag === undefined && code.digest === undefined))) return undefined;
  return { value: committed.value, source: committed.source };
}
