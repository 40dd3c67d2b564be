import { GitopsApp } from 'fluxwright';
import { eks } from './platform';

const app = new GitopsApp({ name: 'eks', directory: '', root: __dirname });
eks(app);
app.synth();
