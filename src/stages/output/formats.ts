import type { StageDifference } from '../stage-difference';
import { stageJson } from './json';
import { stageMarkdown } from './markdown';
import { stageText } from './text';

/** What two stages are called, and how they differ. */
export interface StageReport {
  readonly one: string;
  readonly other: string;
  readonly difference: StageDifference;
  readonly colours: boolean;
}

export const stageFormats: Readonly<Record<string, (report: StageReport) => string>> = { text: stageText, json: stageJson, markdown: stageMarkdown };
