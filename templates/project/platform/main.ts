import { GitopsApp } from 'fluxwright';
import { platform } from './platform';
import { site } from './site';

const app = new GitopsApp({ name: site.project });
platform(app);
app.synth();
