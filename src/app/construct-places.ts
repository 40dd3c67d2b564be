import { Node, type IConstruct } from 'constructs';
import { userPlaces, type CodePlace } from './user-place';

const stacks = new WeakMap<IConstruct, Error>();
let isRecording = false;

/** What constructs does when one is made: its own, and private to it. */
type Adding = (this: Node, child: IConstruct, id: string) => void;

/** From now on, remembers where constructs are made. Stacks are turned into text only for those that are asked about. */
export function recordPlaces(): void {
  if (isRecording) return;
  isRecording = true;
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 100);
  const prototype = Node.prototype as unknown as { addChild: Adding };
  const add = prototype.addChild;
  prototype.addChild = function (child, id) {
    stacks.set(child, new Error('made here'));
    add.call(this, child, id);
  };
}

/** The lines of the user's code that made a construct, the one that called it first; none for one that was not watched. */
export function placesOf(construct: IConstruct): readonly CodePlace[] {
  return userPlaces(stacks.get(construct)?.stack ?? '');
}
