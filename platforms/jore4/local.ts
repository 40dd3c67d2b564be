/** Writes the end-to-end stage into a folder of your own, with the images that the environment names. */
import { mkdirSync } from 'node:fs';
import { GitopsApp } from 'fluxwright';
import { localCluster } from './platform';

const [folder] = process.argv.slice(2);
const image = (variable: string): string | undefined => process.env[variable] || undefined;

if (folder === undefined) {
  console.error('usage: local.ts FOLDER\n  UI_DOCKER_IMAGE, HASURA_DOCKER_IMAGE and AUTH_DOCKER_IMAGE name images to try');
  process.exitCode = 2;
} else {
  mkdirSync(folder, { recursive: true });
  // another name than the committed tree's, which is therefore never written to
  const app = new GitopsApp({ name: 'jore4-local', directory: '', root: folder });
  localCluster(app, { ui: image('UI_DOCKER_IMAGE'), hasura: image('HASURA_DOCKER_IMAGE'), auth: image('AUTH_DOCKER_IMAGE') });
  app.synth();
}
