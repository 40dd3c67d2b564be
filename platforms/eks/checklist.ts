/** `npx tsx --conditions=fluxwright-source platforms/eks/checklist.ts [ENVIRONMENT…]` prints what the README shows for each environment. */
import { GitopsApp } from 'fluxwright';
import { EksEnvironment } from './environment';
import { eks } from './platform';
import { bootstrapCommands, dnsChecklist } from './runbook';

const app = new GitopsApp({ name: 'eks', directory: '', root: __dirname });
eks(app);
const names = process.argv.slice(2);
for (const environment of EksEnvironment.in(app).filter(({ node }) => names.length === 0 || names.includes(node.id))) {
  console.log(`${dnsChecklist(environment)}\n\`\`\`sh\n${bootstrapCommands(environment)}\`\`\`\n`);
}
