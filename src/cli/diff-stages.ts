import { appliedByOne, findStages } from '../stages/find-stages';
import type { StageReport } from '../stages/output/formats';
import { diffStages as compare } from '../stages/stage-difference';
import { ExitCode, type Terminal } from './command';
import { openBuild, openStages } from './open-stages';

export interface StagesRequest {
  readonly one: string;
  readonly other: string;
  /** None for all. */
  readonly services: readonly string[];
  readonly format: (report: StageReport) => string;
}

/**
 * Prints how two stages differ.
 * @returns `found` where they differ in what is not declared
 * @throws UserError `tool-missing` without a kustomize; `reference-invalid` for unknown names
 */
export async function diffStages(terminal: Terminal, { one, other, services, format }: StagesRequest): Promise<ExitCode> {
  const { tree, repository, folderOf } = openStages(terminal);
  const pairs = findStages(repository, one, other, folderOf);
  const compared = await compare({ tree, pairs, services, open: (changed) => openBuild(terminal, changed) });
  const difference = { ...compared, limits: [...(services.length === 0 ? appliedByOne(repository, one, other, folderOf) : []), ...compared.limits] };
  terminal.print(format({ one, other, difference, colours: terminal.colours }));
  const isMeant = difference.limits.length === 0 && difference.services.every(({ objects }) => objects.every((object) => object.isDeclared));
  return isMeant ? ExitCode.ok : ExitCode.found;
}
