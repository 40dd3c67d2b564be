import { GitopsApp } from 'fluxwright';
import { jore4 } from './platform';

const app = new GitopsApp({ name: 'jore4', directory: '', root: __dirname });
jore4(app);
app.synth();
