import { UserError } from '../errors';
import { Repository } from '../model/repository';
import { withEdits } from '../stages/draft';
import { findStages } from '../stages/find-stages';
import { renderedText } from '../stages/output/promotion-text';
import { planPromotion, type Promotion } from '../stages/plan-promotion';
import { readersOf, renderedChanges, type RenderedChanges } from '../stages/rendered-changes';
import { joined } from '../stages/stage-pair';
import { readHeader } from '../tree/header';
import { baseName, directoryOf } from '../tree/path';
import { askOrigins } from './ask-origins';
import { ExitCode, type Terminal } from './command';
import { diffOf, writeChanges } from './file-changes';
import { openBuild, openStages, type OpenedStages } from './open-stages';
import { refuseLosses } from './uncommitted';

export interface PromotionRequest {
  readonly from: string;
  readonly to: string;
  /** None for all. */
  readonly services: readonly string[];
  /** Nothing but pinned values. */
  readonly pinsAlone: boolean;
  /** Patches as they are, whatever of the next stage that replaces. */
  readonly isWhole: boolean;
  readonly isDryRun: boolean;
}

/**
 * Brings patches and versions from a stage to the next one, or shows what that would change.
 * @throws UserError for unknown names, files that cannot be read, changes that would be lost, and generated files
 */
export async function promoteStage(terminal: Terminal, { from, to, services, pinsAlone, isWhole, isDryRun }: PromotionRequest): Promise<ExitCode> {
  const opened = openStages(terminal);
  const promotion = planPromotion(opened.tree, findStages(opened.repository, from, to, opened.folderOf), services, pinsAlone ? 'pins' : 'all', opened.repository);
  if (promotion.generated.length > 0) throw await generatedError(terminal, opened, promotion.generated);
  const doubts = isWhole ? [] : doubtsIn(promotion, services.length > 0);
  if (doubts.length > 0 && !isDryRun) throw UserError.all(doubts);
  refuseLosses(opened.git, promotion.edits);

  const rendered = promotion.edits.length === 0 ? undefined : await renderedOf(terminal, opened, promotion);
  if (isDryRun && promotion.edits.length > 0) terminal.print(diffOf(promotion.edits));
  if (rendered !== undefined) terminal.print(renderedText(rendered, terminal.colours));
  if (!isDryRun) writeChanges(opened.root, promotion.edits);
  for (const line of promotion.promoted) terminal.say(line);
  for (const line of promotion.notes) terminal.say(`note: ${line}`);
  for (const { message } of doubts) terminal.say(`without --dry-run this is refused: ${message}`);
  terminal.say(closingOf(promotion, opened, { from, to, isDryRun }));
  return ExitCode.ok;
}

/** Without kustomize the files are promoted all the same. */
async function renderedOf(terminal: Terminal, { tree, repository }: OpenedStages, { edits }: Promotion): Promise<RenderedChanges[] | undefined> {
  const after = withEdits(tree, edits);
  const changed = new Repository(after);
  try {
    const [was, is] = [await openBuild(terminal, tree, repository), await openBuild(terminal, after, changed)];
    return await renderedChanges(readersOf(new Set(edits.map(({ path }) => path)), repository, changed), was, is);
  } catch (error) {
    if (!UserError.is(error) || error.code !== 'tool-missing') throw error;
    terminal.say(`what that does to renders cannot be shown: ${error.message}`);
    return undefined;
  }
}

/** What is generated is changed where it is written: in the constructs. */
async function generatedError(terminal: Terminal, { root, tree }: OpenedStages, files: readonly string[]): Promise<UserError> {
  const originOf = await askOrigins(terminal, undefined, root, files);
  return UserError.all(files.map((file) => {
    const construct = originOf(file).made?.construct;
    const place = construct?.places[0];
    const where = construct === undefined ? `the constructs of ${readHeader(tree.get(file)!.bytes.toString('utf8'))?.project ?? 'its project'}` : `${construct.path} (${construct.type})${place === undefined ? '' : ` at ${place.file}:${place.line}`}`;
    return new UserError('hand-edit', `${file} is generated, and more than its pinned values would have to change`, `change ${where}, then: fluxwright synth; --pins promotes pinned values alone`);
  }));
}

/** Hosts, keys and sizes of a stage often stand beside its versions, and in most trees nothing tells them apart. */
function doubtsIn({ unsure, replaced }: Promotion, areNamed: boolean): UserError[] {
  const lost = replaced.map(({ file, fields }) => new UserError('usage', `${file} would be replaced whole, and these fields look as if they belong to its stage: ${shortened(fields)}`, `promote it all the same with --whole, or move them to ${joined(directoryOf(file), `_${baseName(file)}`)}, which stays, and name that behind it in the kustomization.yaml`));
  return unsure.length > 0 && !areNamed ? [notTold(unsure), ...lost] : lost;
}

const MOST_FIELDS = 8;

function shortened(fields: readonly string[]): string {
  return fields.length > MOST_FIELDS ? `${fields.slice(0, MOST_FIELDS).join(', ')} and ${fields.length - MOST_FIELDS} more` : fields.join(', ');
}

function notTold(files: readonly string[]): UserError {
  return new UserError('usage', `no patch here is named with "_", so that nothing tells which belong to their stage: ${files.join(', ')} would be copied whole`, 'look at it with --dry-run, and name the services to promote; or put what stays into files such as _hosts.yaml');
}

function closingOf({ edits, notes }: Promotion, { git }: OpenedStages, { from, to, isDryRun }: Pick<PromotionRequest, 'from' | 'to' | 'isDryRun'>): string {
  if (edits.length === 0) return notes.length === 0 ? `${to} has all that ${from} has to promote` : 'nothing is promoted';
  if (isDryRun) return 'nothing is written: --dry-run';
  return git === undefined ? 'there is no Git here to take this back with: keep what --dry-run shows' : 'commit and push it: Flux reads what is in the repository';
}
