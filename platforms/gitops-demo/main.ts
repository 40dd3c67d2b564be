import { GitopsApp } from 'fluxwright';
import { gitopsDemo } from './platform';

const app = new GitopsApp({ name: 'gitops-demo', directory: '', root: __dirname });
gitopsDemo(app);
app.synth();
