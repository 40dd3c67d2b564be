import { GitopsApp } from 'fluxwright';
import { hopic } from './platform';

const app = new GitopsApp({ name: 'hopic' });
hopic(app);
app.synth();
