import { spawnSync } from 'node:child_process';
import { UserError } from '../errors';
import { visible } from '../visible';
import type { Terminal } from './command';

const MOST_BYTES = 64 * 1024 * 1024;
/** A cloud that does not answer. */
const TIMEOUT = 60_000;
/** What sops says where none of its keys fits. */
const NO_KEY = /no master key was able to decrypt|Failed to get the data key/;

export interface SopsCall {
  /** The folder to call it in. */
  readonly folder: string;
  /** What it reads from stdin. */
  readonly input?: Buffer;
  /** What is asked of it, for messages: `encrypt k8s/web/database.yaml`. */
  readonly what: string;
}

/**
 * Runs the sops of the machine, and gives what it prints.
 * @throws UserError `tool-missing`, `not-encrypted` with what it says
 */
export function runSops({ environment }: Pick<Terminal, 'environment'>, parameters: readonly string[], { folder, input, what }: SopsCall): Buffer {
  const { status, stdout, stderr, error } = spawnSync('sops', parameters, { cwd: folder, input, env: environment as NodeJS.ProcessEnv, maxBuffer: MOST_BYTES, timeout: TIMEOUT, killSignal: 'SIGKILL', windowsHide: true });
  if (status === 0) return stdout;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT') throw new UserError('tool-missing', 'there is no sops on the PATH, which encrypts and decrypts', 'install it: "brew install sops", or https://github.com/getsops/sops/releases');
  const said = stderr?.toString('utf8').replace(/^\[\w+\]\s*time="[^"]*" level=warning.*$/gm, '').trim().split('\n').filter((line) => line.trim() !== '').slice(-3).map((line) => line.trim()).join(' ');
  // sops quotes the line that it cannot read, or a name in it
  if (input !== undefined && /unmarshal/i.test(said ?? '')) throw new UserError('file-malformed', `sops cannot ${what}: it cannot read the file${/ line (\d+)/.exec(said!)?.[0].replace(' line', ', line') ?? ''}`, 'mend it; or give it an ending other than .yaml, .json, .env and .ini, and it is encrypted as it is; nothing is written');
  const reason = code === 'ETIMEDOUT' ? `it did not end within ${TIMEOUT / 1000} seconds` : said || error?.message || `it ended with exit code ${String(status)}`;
  throw new UserError('not-encrypted', `sops cannot ${what}: ${visible(reason)}`, `${NO_KEY.test(reason) ? 'give it a key that can decrypt: export SOPS_AGE_KEY_FILE=FILE, a key in gpg, or a login to the cloud that has it' : 'mend what it says'}; nothing is written`);
}
