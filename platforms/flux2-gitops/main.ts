import { GitopsApp } from 'fluxwright';
import { flux2Gitops } from './platform';

const app = new GitopsApp({ name: 'flux2-gitops', directory: '', root: __dirname });
flux2Gitops(app);
app.synth();
