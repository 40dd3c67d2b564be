/** Synthesizes every platform, as `npm run synth` does, and prints what user CPU the process took. */
import '../scripts/synth';

console.log(process.cpuUsage().user / 1e6);
