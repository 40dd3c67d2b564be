/** `npm run synth`: writes the tree of every platform, in one process. `npx cdk8s synth` writes the flagship's alone. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const platforms = join(__dirname, '..', 'platforms');
const mains = readdirSync(platforms).sort().map((name) => join(platforms, name, 'main.ts')).filter((main) => existsSync(main));
for (const main of mains) require(main);
