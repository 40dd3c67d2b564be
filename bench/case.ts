/** One measurement in a process of its own: `case.ts fluxwright|sync.yaml|cdk8s COUNT ROOT` prints what it cost as JSON. */
import { App } from 'cdk8s';
import { namespaces } from './namespaces';

const [tool, count, root] = process.argv.slice(2) as [string, string, string];

const app = namespaces(Number(count), root, tool === 'sync.yaml');
const built = process.cpuUsage();
if (tool === 'cdk8s') {
  Object.assign(app, { outdir: root });
  App.prototype.synth.call(app);
} else {
  app.synth();
}
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ user: user / 1e6, system: system / 1e6, building: built.user / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 }));
if (tool === 'cdk8s') app.toTree(); // not measured: an app that nobody asks for its tree ends with an error
