/** What reading YAML costs: what nearly all files take, in one pass, against the reader of all YAML, on the same files in one run. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../src/yaml/read';
import { readAnyYaml } from '../src/yaml/read-any';
import { readPlain } from '../src/yaml/read-plain';

/** A line for a person: of the files of a project that Git knows. */
export function yamlFigures(project: string): string {
  const paths = execFileSync('git', ['ls-files', '-z', '*.yaml'], { cwd: project, encoding: 'utf8' }).split('\0').filter((path) => path !== '' && !path.startsWith('test/'));
  const texts = paths.map((path) => readFileSync(join(project, path), 'utf8'));
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const rate = (read: (text: string) => unknown, rounds: number): { text: string; seconds: number } => {
    const seconds = secondsOf(() => texts.forEach(read), rounds);
    return { seconds, text: `${(megabytes / seconds).toFixed(1)} MB and ${Math.round(texts.length / seconds)} files a second of CPU` };
  };
  const usual = rate((text) => readDocuments(text, 'file'), 10);
  const full = rate((text) => readAnyYaml(text, 'file'), 2);
  const taken = texts.filter((text) => readPlain(text) !== undefined).length;
  return `reading ${texts.length} files: ${usual.text}, by the reader of all YAML ${full.text}: ${(full.seconds / usual.seconds).toFixed(1)} times; ${Math.round((taken / texts.length) * 100)} % of the files are read in one pass`;
}

/** CPU of one round, the first of them not counted. */
function secondsOf(work: () => void, rounds: number): number {
  work();
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round++) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6 / rounds;
}
