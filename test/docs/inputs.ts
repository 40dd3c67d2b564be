import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, project, type Inputs } from './page';

const fixture = (name: string): Buffer => readFileSync(join(project, 'test/fixtures/sops', name));

/** A release that the guide's program copies; its digest is put into the program, since the real one is not ours to keep. */
const release = Buffer.from('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: gateway-system\n');

/** What the programs of some guides read. */
const INPUTS: Readonly<Record<string, Inputs>> = {
  'docs/secrets.md': { files: { 'k8s/web/database.enc.yaml': fixture('secret.enc.yaml'), 'k8s/web/relay.enc.env': fixture('relay.enc.env') } },
  'docs/upstream.md': {
    files: { 'vendor/gateway-api-v1.4.1.yaml': release, 'upstream.lock.yaml': blocksOf('docs/upstream.md', 'yaml').find(({ text }) => text.startsWith('releases:'))!.text },
    edit: (source) => source.replace(/(sha256: ')\w+(',\n {2}source)/, `$1${createHash('sha256').update(release).digest('hex')}$2`),
  },
};

export function inputsOf(page: string): Inputs {
  return INPUTS[page] ?? { files: {} };
}
